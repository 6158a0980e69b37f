export { rules } from './rules/index.ts';
export { sources } from './sources.ts';
export { auditProject, type AuditOptions, type ProjectAudit } from './cli/audit.ts';
