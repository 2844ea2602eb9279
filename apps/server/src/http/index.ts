export { createLog } from './log.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { createHttpServer, type HttpServer } from './server.ts'
export { statusOf } from './status.ts'
