-- CreateView
CREATE VIEW "OpenTicketCount" WITH (security_invoker = true) AS
SELECT
  "organizationId",
  count(*) AS "openTickets",
  min("createdAt") AS "oldestOpenedAt"
FROM "Ticket"
WHERE "status" IN ('OPEN', 'PENDING', 'ON_HOLD')
GROUP BY "organizationId";

CREATE MATERIALIZED VIEW "agent_workload" AS
SELECT
  a."id" AS "agentId",
  a."organizationId",
  count(t."id") FILTER (WHERE t."status" <> 'CLOSED') AS "activeTickets",
  avg(extract(epoch FROM t."solvedAt" - t."createdAt")) AS "secondsToSolve"
FROM "Agent" a
LEFT JOIN "Ticket" t ON t."ownerId" = a."id"
GROUP BY a."id"
WITH DATA;

-- REFRESH … CONCURRENTLY wants a unique index.
CREATE UNIQUE INDEX "agent_workload_agentId_idx" ON "agent_workload" ("agentId");
