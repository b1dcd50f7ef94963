import type { INestApplication } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { Issue, Problem } from './shared/problem.dto.ts';
import { VERSION } from './shared/version.ts';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Describes the api's routes, with every part in a stable order. */
export function openApiOf(app: INestApplication): Record<string, unknown> {
  const base = new DocumentBuilder()
    .setTitle('Halligan')
    .setDescription('Bare-metal deployment: nodes, networks, barclamps, proposals and runs.')
    .setVersion(VERSION)
    .addSecurity('session', { type: 'apiKey', in: 'cookie', name: 'halligan_session' })
    .addSecurity('token', { type: 'http', scheme: 'bearer', bearerFormat: 'hlg_…' })
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => operationId(controller, method),
  });
  const optional = optionalParameters(app);
  for (const operation of operationsOf(document)) {
    for (const parameter of operation.parameters ?? [])
      if ('name' in parameter && optional.has(`${operation.operationId}?${parameter.name}`))
        parameter.required = false;
    addProblem(operation);
  }
  addProblemSchemas(document);
  return sorted(document) as Record<string, unknown>;
}

function operationId(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '')}.${method}`;
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((path) =>
    Object.values(path).filter(
      (value): value is Operation => typeof value === 'object' && value !== null && 'operationId' in value,
    ),
  );
}

interface RouteArgument {
  data?: unknown;
  schema?: z.ZodType;
}

/** `operation?parameter` of all parameters whose schema accepts their absence; the generator takes all as required. */
function optionalParameters(app: INestApplication): Set<string> {
  const found = new Set<string>();
  for (const { metatype } of app.get(DiscoveryService).getControllers()) {
    if (typeof metatype !== 'function') continue;
    for (const method of Object.getOwnPropertyNames(metatype.prototype)) {
      const given = Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, method) ?? {};
      for (const { data, schema } of Object.values(given as Record<string, RouteArgument>))
        if (typeof data === 'string' && schema?.safeParse(undefined).success === true)
          found.add(`${operationId(metatype.name, method)}?${data}`);
    }
  }
  return found;
}

/** Every error of every route has this shape. */
function addProblem(operation: Operation): void {
  operation.responses['default'] = {
    description: 'What went wrong',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function addProblemSchemas(document: OpenAPIObject): void {
  const registry = z.registry<{ id: string }>();
  registry.add(Problem, { id: 'Problem' }).add(Issue, { id: 'Issue' });
  const made = z.toJSONSchema(registry, {
    target: 'openapi-3.0',
    uri: (name) => `#/components/schemas/${name}`,
  });
  const schemas = document.components?.schemas ?? {};
  for (const [name, { $schema, $id, id, ...schema }] of Object.entries(made.schemas))
    schemas[name] = schema as object;
  document.components = { ...document.components, schemas };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
