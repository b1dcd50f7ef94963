export { DATABASES, startTestApi, type TestApi, type TestApiOptions, withApi } from './test-api.ts';
export { type Answer, TestClient } from './test-client.ts';
export { TestRedis } from './test-redis.ts';
export { until } from './until.ts';
