-- By hand: what no .prisma file can say.

-- States.
ALTER TABLE "orders" ADD CONSTRAINT "orders_status_check"
  CHECK ("status" IN ('PENDING_ACCEPT', 'ACCEPTED', 'PAID', 'COMPLETED', 'CANCELLED', 'DISPUTED', 'REFUNDED'));
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_status_check"
  CHECK ("status" IN ('PENDING', 'APPROVED', 'COMPLETED', 'REJECTED'));
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_signature_check"
  CHECK ("signature_valid" IS NOT NULL);
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_approved_check"
  CHECK ("status" NOT IN ('APPROVED', 'COMPLETED') OR "approved_at" IS NOT NULL);
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_owner_check"
  CHECK (num_nonnulls("wallet_id", "platform_key") = 1);
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_score_check" CHECK ("score" BETWEEN 1 AND 5);

-- Money.
ALTER TABLE "wallets"
  ADD CONSTRAINT "wallets_balance_check" CHECK ("balance_minor" >= 0),
  ADD CONSTRAINT "wallets_locked_check" CHECK ("locked_minor" >= 0 AND "locked_minor" <= "balance_minor");
ALTER TABLE "orders"
  ADD CONSTRAINT "orders_amount_check" CHECK ("amount_minor" > 0),
  ADD CONSTRAINT "orders_fee_check" CHECK ("platform_fee_minor" >= 0 AND "platform_fee_minor" < "amount_minor");
ALTER TABLE "escrow_holds" ADD CONSTRAINT "escrow_holds_amount_check" CHECK ("amount_minor" > 0);
ALTER TABLE "withdrawals"
  ADD CONSTRAINT "withdrawals_amount_check" CHECK ("amount_minor" > 0),
  ADD CONSTRAINT "withdrawals_fee_check" CHECK ("fee_minor" >= 0);
ALTER TABLE "withdrawal_limits" ADD CONSTRAINT "withdrawal_limits_minor_check"
  CHECK ("daily_limit_minor" >= 0 AND "monthly_limit_minor" >= "daily_limit_minor");
ALTER TABLE "velocity_checks" ADD CONSTRAINT "velocity_checks_total_check" CHECK ("daily_total_minor" >= 0);
ALTER TABLE "vouchers" ADD CONSTRAINT "vouchers_discount_check" CHECK ("discount_minor" > 0);
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_reward_check" CHECK ("reward_minor" >= 0);

-- Times.
ALTER TABLE "orders"
  ADD CONSTRAINT "orders_release_check" CHECK ("auto_release_at" > "paid_at"),
  ADD CONSTRAINT "orders_completion_check" CHECK ("completed_at" >= "paid_at");
ALTER TABLE "vouchers" ADD CONSTRAINT "vouchers_times_check" CHECK ("starts_at" < "ends_at");
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_times_check" CHECK ("decided_at" >= "opened_at");

-- What the back office works through every morning.
CREATE INDEX "payments_unreconciled_idx" ON "payments"("settlement_date")
  WHERE "status" = 'SUCCESS' AND NOT "is_reconciled";
