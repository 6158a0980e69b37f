-- CreateEnum
CREATE TYPE "activity_kind" AS ENUM ('LOGIN', 'LOGIN_FAILED', 'PASSWORD_CHANGED', 'ORDER_CREATED', 'WITHDRAWAL_REQUESTED');

-- CreateTable
CREATE TABLE "withdrawal_limits" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "daily_limit_minor" BIGINT NOT NULL DEFAULT 5000000,
    "monthly_limit_minor" BIGINT NOT NULL DEFAULT 50000000,
    "cooling_minutes" INTEGER NOT NULL DEFAULT 60,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "withdrawal_limits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "velocity_checks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "withdrawal_id" UUID NOT NULL,
    "hourly_count" INTEGER NOT NULL,
    "daily_count" INTEGER NOT NULL,
    "daily_total_minor" BIGINT NOT NULL,
    "risk_score" DECIMAL(5,2) NOT NULL,
    "device_id" VARCHAR(64),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "velocity_checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_comments" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "order_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "content" TEXT NOT NULL,
    "is_internal" BOOLEAN NOT NULL DEFAULT false,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_activities" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "kind" "activity_kind" NOT NULL,
    "entity_type" VARCHAR(40),
    "entity_id" UUID,
    "ip_address" INET,
    "user_agent" VARCHAR(400),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_activities_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "withdrawal_limits_user_id_key" ON "withdrawal_limits"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "velocity_checks_withdrawal_id_key" ON "velocity_checks"("withdrawal_id");

-- CreateIndex
CREATE INDEX "velocity_checks_user_id_created_at_idx" ON "velocity_checks"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "order_comments_order_id_created_at_idx" ON "order_comments"("order_id", "created_at");

-- CreateIndex
CREATE INDEX "order_comments_user_id_idx" ON "order_comments"("user_id");

-- CreateIndex
CREATE INDEX "user_activities_user_id_created_at_idx" ON "user_activities"("user_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "withdrawal_limits" ADD CONSTRAINT "withdrawal_limits_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "velocity_checks" ADD CONSTRAINT "velocity_checks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "velocity_checks" ADD CONSTRAINT "velocity_checks_withdrawal_id_fkey" FOREIGN KEY ("withdrawal_id") REFERENCES "withdrawals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_comments" ADD CONSTRAINT "order_comments_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_comments" ADD CONSTRAINT "order_comments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_activities" ADD CONSTRAINT "user_activities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
