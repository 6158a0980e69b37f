-- Alone in its file: CONCURRENTLY cannot run beside another statement.
CREATE INDEX CONCURRENTLY "Message_ticketId_createdAt_idx" ON "Message"("ticketId", "createdAt");
