-- Rules that the application kept by convention only.
ALTER TABLE "Message" ADD CONSTRAINT "Message_one_author_check" CHECK (num_nonnulls("agentId", "customerId") <= 1) NOT VALID;
ALTER TABLE "Message" VALIDATE CONSTRAINT "Message_one_author_check";
ALTER TABLE "Attachment" ADD CHECK ("byteSize" >= 0);
ALTER TABLE "Article" ADD CONSTRAINT "Article_helpfulness_check" CHECK ("helpfulness" BETWEEN 0 AND 1);

/* A customer with tickets cannot be deleted any more: first they are anonymised. */
-- DropForeignKey
ALTER TABLE "Ticket" DROP CONSTRAINT "Ticket_customerId_fkey";

-- AddForeignKey
ALTER TABLE "Ticket" ADD CONSTRAINT "Ticket_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
