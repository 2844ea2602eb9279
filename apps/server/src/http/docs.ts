import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { asPage } from './security-headers.ts'

const PREFIX = '/docs/api'

/** Everything is served from here: no fonts, analytics or assistants from elsewhere. */
const SETTINGS = {
  withDefaultFonts: false, telemetry: false, hideClientButton: true, agent: { disabled: true }, mcp: { disabled: true },
  showDeveloperTools: 'never', documentDownloadType: 'json',
}

const attribute = (value: object): string => JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const PAGE = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <title>达通 Datong · API</title>
  </head>
  <body>
    <script id="api-reference" type="application/json" data-url="/api/v1/openapi.json" data-configuration="${attribute(SETTINGS)}"></script>
    <script src="${PREFIX}/js/scalar.js"></script>
  </body>
</html>
`

/**
 * The API reference at `/docs/api`. The plugin serves its own script; its page has an inline script, which our content
 * policy forbids, so the page is ours.
 */
export async function mountDocs(app: FastifyInstance): Promise<void> {
  await app.register(scalar, {
    // The plugin checks prefixes as string literals; ours is one.
    routePrefix: PREFIX,
    configuration: { url: '/api/v1/openapi.json' },
    hooks: {
      onRequest: (request, reply, done) => {
        const path = request.url.split('?', 1)[0]
        if (path === `${PREFIX}/` || path === PREFIX) {
          return void asPage(reply).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(PAGE)
        }
        reply.header('cache-control', 'public, max-age=86400')
        done()
      },
    },
  })
}
