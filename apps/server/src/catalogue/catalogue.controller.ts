import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../shared/http/answers.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { BarclampDetail, BarclampSummary } from './barclamp.dto.ts';
import { barclampDetail, barclampSummary } from './barclamp-view.ts';
import { Catalogue } from './catalogue.ts';

@Controller('barclamps')
export class CatalogueController {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  @Get()
  @LeastRole('viewer')
  @Answers(200, z.array(BarclampSummary), 'All barclamps')
  list(): BarclampSummary[] {
    return this.#catalogue.all().map(barclampSummary);
  }

  @Get(':name')
  @LeastRole('viewer')
  @Answers(200, BarclampDetail, 'The barclamp, its attributes and roles')
  show(@Param('name', { schema: z.string() }) name: string): BarclampDetail {
    const barclamp = this.#catalogue.find(name);
    if (barclamp) return barclampDetail(barclamp);
    throw new ProblemError(404, 'barclamp.not_found', `There is no barclamp "${name}".`, {
      remedy: 'GET /barclamps lists all there are.',
    });
  }
}
