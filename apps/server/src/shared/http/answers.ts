import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** The status of a route's success and the shape of its body (none: an empty one), for the route and for OpenAPI. */
export function Answers(status: number, schema?: z.ZodType, description = 'Done'): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    ApiResponse(
      schema === undefined ? { status, description } : { status, description, standardSchema: schema },
    ),
  );
}
