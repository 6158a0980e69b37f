-- A webhook with a bad signature is never processed.
CREATE FUNCTION refuse_unsigned_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'webhook % has no valid signature', NEW.external_id;
END;
$$;

CREATE TRIGGER "webhook_events_signature" BEFORE UPDATE ON "webhook_events"
  FOR EACH ROW WHEN (NEW."status" = 'PROCESSED' AND NOT NEW."signature_valid")
  EXECUTE FUNCTION refuse_unsigned_webhook();

-- An order that is over stays so: there is nothing to guard in an INSERT.
CREATE FUNCTION refuse_order_revival() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('COMPLETED', 'CANCELLED', 'REFUNDED') AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'order % is % already', OLD.number, OLD.status;
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "orders_revival" BEFORE UPDATE OF "status" ON "orders"
  FOR EACH ROW EXECUTE FUNCTION refuse_order_revival();

CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;

CREATE TRIGGER "wallets_touch" BEFORE UPDATE ON "wallets" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Books are only added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END;
$$;

CREATE TRIGGER "ledger_entries_append_only" BEFORE UPDATE OR DELETE ON "ledger_entries"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER "order_status_history_append_only" BEFORE UPDATE OR DELETE ON "order_status_history"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "order_status_history_keep" BEFORE TRUNCATE ON "order_status_history"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Run by the scheduler.
CREATE FUNCTION expire_payments() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  expired integer;
BEGIN
  UPDATE payments SET status = 'EXPIRED' WHERE status = 'PENDING' AND created_at < now() - interval '1 day';
  GET DIAGNOSTICS expired = ROW_COUNT;
  RETURN expired;
END;
$$;

CREATE FUNCTION fail_payment(invoice varchar) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE payments SET status = 'FAILED' WHERE provider_invoice_id = invoice;
END;
$$;

CREATE FUNCTION fail_stuck_withdrawals() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE withdrawals SET status = 'FAILED'
  WHERE status = 'APPROVED' AND approved_at < now() - interval '3 days';
END;
$$;

CREATE FUNCTION release_hold(released_order uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE escrow_holds SET status = 'RELEASED', released_at = now()
  WHERE order_id = released_order AND status IN ('ACTIVE', 'DISPUTED');
  UPDATE orders SET status = 'COMPLETED', completed_at = now()
  WHERE id = released_order AND status IN ('PAID', 'DISPUTED');
END;
$$;

CREATE FUNCTION available_minor(of_wallet uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT balance_minor - locked_minor FROM wallets WHERE id = of_wallet;
$$;
