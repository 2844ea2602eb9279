import { constants, PerformanceObserver } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The process's figures for Prometheus. Modules add their own to `registry`. */
export interface Metrics {
  readonly registry: Registry
  observeRequest(route: string, method: string, status: number, seconds: number): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  watchCollections(registry)
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

/**
 * What stays after each collection of the whole heap: a line through it that rises is a leak, while what is in use in between is mostly
 * what nobody needs any more. Zero until the first one.
 */
function watchCollections(registry: Registry): void {
  const left = new Gauge({
    name: 'datong_heap_after_collection_bytes', help: "JavaScript's heap and buffers after the last collection of all of it", registers: [registry],
  })
  const observer = new PerformanceObserver((list) => {
    // Node gives entries of this type a detail that its types do not know.
    const kinds = (list.getEntries() as unknown as readonly { readonly detail: { readonly kind: number } }[]).map(({ detail }) => detail.kind)
    if (!kinds.includes(constants.NODE_PERFORMANCE_GC_MAJOR)) return
    const { used_heap_size: heap, external_memory: buffers } = getHeapStatistics()
    left.set(heap + buffers)
  })
  observer.observe({ entryTypes: ['gc'] })
}
