import { auditTrailInput, auditTrailOutput } from '../src/domain/chase/reports.ts';
import { defineTool } from './define-tool.ts';
import type { Operations } from './operations.ts';

/** Who did what and when, from the audit chain; emails that left, word by word. */
export const createAuditTrailTool = ({ auditTrail }: Pick<Operations, 'auditTrail'>) =>
  defineTool({
    name: 'audit_trail',
    effect: 'read',
    description: 'Who did, approved and sent what and when; what Remy did by itself.',
    input: auditTrailInput,
    output: auditTrailOutput,
    run: auditTrail,
  });
