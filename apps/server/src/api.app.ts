import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { ApiModule } from './api.module.ts';
import type { ServerConfig } from './config.ts';
import { openApiOf } from './openapi-of.ts';
import { requireCleanText } from './shared/http/clean-text.ts';
import { dashboard } from './shared/http/dashboard.ts';
import { ProblemFilter } from './shared/http/problem.filter.ts';
import { requireDeclaredRoles, routesOf } from './shared/http/routes.ts';
import { validationPipe } from './shared/http/validation.ts';
import { NestLog } from './shared/log.ts';
import { OpenApiDocument } from './system/openapi-document.ts';
import { StorageWatch } from './system/storage-watch.ts';

export const API_PREFIX = 'api/v1';

export interface ApiOptions {
  tls?: { key: string; cert: string };
  log?: Logger;
}

/** The api, complete but for listening. */
export async function createApi(config: ServerConfig, options: ApiOptions): Promise<NestExpressApplication> {
  const module: DynamicModule = { module: class Root {}, imports: [DiscoveryModule, ApiModule.with(config)] };
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: options.log === undefined ? ['error', 'warn'] : new NestLog(options.log),
    abortOnError: false,
    forceCloseConnections: true,
    bodyParser: false,
    ...(options.tls === undefined ? {} : { httpsOptions: options.tls }),
  });
  app.disable('x-powered-by');
  app.setGlobalPrefix(API_PREFIX);
  // Only HTTPS is spoken here anyway; HSTS would bind every other port of the same name too.
  app.use(helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }));
  app.use(`/${API_PREFIX}`, app.get(StorageWatch).refuseWhenFull, cookieParser());
  app.use(dashboard());
  app.useBodyParser('json', { limit: '2mb' });
  app.use(requireCleanText);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  requireDeclaredRoles(routesOf(app, API_PREFIX));
  app.get(OpenApiDocument).set(openApiOf(app));
  return app;
}
