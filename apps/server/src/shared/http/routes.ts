import { type INestApplication, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { LEAST_ROLE, type LeastRoleName } from './least-role.ts';

export interface Route {
  method: string;
  /** With the global prefix and parameters as `:name`. */
  path: string;
  leastRole: LeastRoleName | undefined;
  handler: string;
}

/** Every route of the api, as Nest itself knows them. */
export function routesOf(app: INestApplication, prefix: string): Route[] {
  const scanner = app.get(MetadataScanner);
  const reflector = app.get(Reflector);
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, () => unknown>;
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        const verb = handler === undefined ? undefined : Reflect.getMetadata(METHOD_METADATA, handler);
        if (handler === undefined || verb === undefined) return [];
        const paths = [
          Reflect.getMetadata(PATH_METADATA, metatype),
          Reflect.getMetadata(PATH_METADATA, handler),
        ];
        return {
          method: RequestMethod[verb as RequestMethod],
          path: `/${[prefix, ...paths]
            .map((part) => String(part).replace(/^\/|\/$/g, ''))
            .filter(Boolean)
            .join('/')}`,
          leastRole: reflector.getAllAndOverride<LeastRoleName | undefined>(LEAST_ROLE, [handler, metatype]),
          handler: `${metatype.name}.${name}`,
        };
      });
    });
}

/** The api does not start while one of its routes says nothing about who may call it. */
export function requireDeclaredRoles(routes: Route[]): void {
  const silent = routes.filter((route) => route.leastRole === undefined);
  if (silent.length === 0) return;
  throw new Error(`These routes lack @LeastRole: ${silent.map((route) => route.handler).join(', ')}`);
}
