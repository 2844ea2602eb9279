import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** The process's figures for Prometheus. Modules add their own to `registry`. */
export interface Metrics {
  readonly registry: Registry
  observeRequest(route: string, method: string, status: number, seconds: number): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'datong_http_requests_total', help: 'Answered HTTP requests', labelNames: ['route', 'method', 'status'], registers: [registry],
  })
  const durations = new Histogram({
    name: 'datong_http_request_duration_seconds', help: 'Time from request to answer', labelNames: ['route', 'method'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30], registers: [registry],
  })
  // Finding the figure of a set of labels costs more than counting; the sets are few.
  const known = new Map<string, { count: Counter.Internal; time: Histogram.Internal<'route' | 'method'> }>()
  return {
    registry,
    observeRequest: (route, method, status, seconds) => {
      const key = `${route} ${method} ${status}`
      let bound = known.get(key)
      if (bound === undefined) {
        bound = { count: requests.labels(route, method, String(status)), time: durations.labels(route, method) }
        known.set(key, bound)
      }
      bound.count.inc()
      bound.time.observe(seconds)
    },
  }
}
