import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.ts';
import { Credentials } from './credentials.ts';
import { IdentityRepository } from './identity.repository.ts';
import { SessionController } from './session.controller.ts';
import { SignInService } from './sign-in.service.ts';
import { TokensController } from './tokens.controller.ts';
import { TokensService } from './tokens.service.ts';
import { UsersController } from './users.controller.ts';
import { UsersService } from './users.service.ts';

@Module({
  controllers: [SessionController, TokensController, UsersController],
  providers: [
    IdentityRepository,
    Credentials,
    SignInService,
    TokensService,
    UsersService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Credentials],
})
export class IdentityModule {}
