import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import type { PlainRoute } from '../../../platform/route.ts'
import { AppError } from '@datong/kernel'
import { Readable } from 'node:stream'
import type { InterchangeDeps } from '../context.ts'
import { addressesOf } from '../dataset/addresses.ts'
import { baseOf } from '../web/origin.ts'

/** Addresses in one part; the protocol allows 50,000. @see https://www.sitemaps.org/protocol.html */
const PART_SIZE = 49_000
const BATCH = 1_000
const PAGES = ['/', '/datasets', '/departments', '/about']

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What search engines ask first. Parts of the site map are named by the code that they begin after, so that they stay what they are. */
export function siteRoutes(deps: InterchangeDeps): PlainRoute[] {
  const { catalog } = deps

  async function boundaries(): Promise<string[]> {
    const total = await catalog.countPublished({ audience: 'public' })
    const found: string[] = []
    for (let offset = PART_SIZE; offset < total; offset += PART_SIZE) {
      found.push(...await catalog.selectCodes({ condition: { all: [] }, offset: offset - 1, limit: 1, publicOnly: true }, PUBLIC_CALLER))
    }
    return found
  }

  async function* part(base: string, begin: string): AsyncGenerator<string> {
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    if (begin === '') yield PAGES.map((page) => `<url><loc>${escape(base + page)}</loc></url>\n`).join('')
    const at = addressesOf(base)
    let after = begin
    for (let left = PART_SIZE; left > 0;) {
      const entries = await catalog.eachPublished({ audience: 'public', after, limit: Math.min(BATCH, left), withoutFields: true })
      if (entries.length > 0) yield entries.map(({ code, changedAt }) => `<url><loc>${escape(at.page(code))}</loc><lastmod>${changedAt.toISOString()}</lastmod></url>\n`).join('')
      const last = entries.at(-1)
      if (last === undefined || entries.length < BATCH) break
      left -= entries.length
      after = last.code
    }
    yield '</urlset>\n'
  }

  return [
    {
      method: 'GET', path: '/robots.txt',
      handle: async (request, reply) => reply.type('text/plain; charset=utf-8').send([
        'User-agent: *', 'Disallow: /console', 'Disallow: /api/', 'Allow: /data/v1/*/download', 'Disallow: /data/', 'Disallow: /graphql', `Sitemap: ${baseOf(deps, request)}/sitemap.xml`, '',
      ].join('\n')),
    },
    {
      method: 'GET', path: '/sitemap.xml',
      handle: async (request, reply) => {
        const base = baseOf(deps, request)
        const parts = ['first', ...await boundaries()].map((name) => `<sitemap><loc>${escape(`${base}/sitemap/${name}.xml`)}</loc></sitemap>\n`)
        return reply.type('application/xml; charset=utf-8').send(`<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${parts.join('')}</sitemapindex>\n`)
      },
    },
    {
      method: 'GET', path: '/sitemap/:part',
      handle: async (request, reply) => {
        const { part: name } = request.params as { part: string } // named in the path
        const [, begin] = /^(first|[0-9]{6,12}-[0-9]{6})\.xml$/.exec(name) ?? []
        if (begin === undefined) throw new AppError('request/not-found')
        return reply.type('application/xml; charset=utf-8').send(Readable.from(part(baseOf(deps, request), begin === 'first' ? '' : begin)))
      },
    },
  ]
}
