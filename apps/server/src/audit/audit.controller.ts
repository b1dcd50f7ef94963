import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../shared/http/answers.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { AuditEntryView, AuditPage } from './audit.dto.ts';
import { AuditRepository } from './audit.repository.ts';

const Cursor = z.coerce.number().int().positive().optional();
const Limit = z.coerce.number().int().min(1).max(500).default(100);

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  readonly #audit: AuditRepository;

  constructor(audit: AuditRepository) {
    this.#audit = audit;
  }

  /** Who changed what, newest first. */
  @Get()
  @LeastRole('admin')
  @Answers(200, AuditPage)
  async list(
    @Query('cursor', { schema: Cursor }) cursor: z.infer<typeof Cursor>,
    @Query('limit', { schema: Limit }) limit: z.infer<typeof Limit>,
  ): Promise<z.infer<typeof AuditPage>> {
    const rows = await this.#audit.page(cursor ?? null, limit + 1);
    const items = rows
      .slice(0, limit)
      .map((row) => AuditEntryView.parse({ ...row, at: row.at.toISOString() }));
    return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.id) : null };
  }
}
