import { Injectable } from '@nestjs/common';

/** The OpenAPI document of the running api, made once when it starts. */
@Injectable()
export class OpenApiDocument {
  #document: Record<string, unknown> = {};

  set(document: Record<string, unknown>): void {
    this.#document = document;
  }

  get(): Record<string, unknown> {
    return this.#document;
  }
}
