import type { NewsKind } from '@datong/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import type { PlainRoute } from '../../../platform/route.ts'
import { isVisible, sightOf } from '../visibility.ts'
import type { FollowingContext, SavedQuery } from './context.ts'
import { newsOf } from './news.ts'

const MOST = 50
const KINDS: Readonly<Record<NewsKind, string>> = {
  published: '发布', data: '数据更新', fields: '信息项变化', description: '目录信息修改', late: '逾期未更新', ending: '预告废止', kept: '撤回废止预告', withdrawn: '已废止',
}

interface Item {
  readonly id: string
  readonly title: string
  readonly link: string
  readonly updated: Date
  readonly summary: string
}

const escape = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** @see RFC 4287 */
function atom(feed: { readonly self: string; readonly page: string; readonly title: string; readonly updated: Date }, items: readonly Item[]): string {
  const lines = items.map(({ id, title, link, updated, summary }) =>
    `<entry><id>${escape(id)}</id><title>${escape(title)}</title><link href="${escape(link)}"/><updated>${updated.toISOString()}</updated><summary>${escape(summary)}</summary></entry>`)
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><id>${escape(feed.self)}</id><title>${escape(feed.title)}</title>`
    + `<updated>${feed.updated.toISOString()}</updated><author><name>达通</name></author><link rel="self" href="${escape(feed.self)}"/><link href="${escape(feed.page)}"/>${lines.join('')}</feed>\n`
}

const send = (reply: FastifyReply, text: string): FastifyReply => reply.type('application/atom+xml; charset=utf-8').header('cache-control', 'public, max-age=300').send(text)

/** Facets of the search that a feed takes from its address. */
const ASKED = ['q', 'organisation', 'theme', 'openingType', 'grade'] as const

/** Feeds for those without an account: of one public entry, and of a public search. */
export function feedRoutes(context: FollowingContext): PlainRoute[] {
  const { db, entries, clock, newestOf } = context
  const origin = ({ protocol, host }: FastifyRequest): string => context.publicUrl ?? `${protocol}://${host}`
  const missing = (reply: FastifyReply): FastifyReply => reply.code(404).type('text/plain; charset=utf-8').send('没有这个订阅源\n')
  return [
    {
      method: 'GET', path: '/feeds/entries/:code',
      async handle(request, reply) {
        const code = (request.params as { code: string }).code // by the path
        const entry = /^[0-9]{6,12}-[0-9]{6}$/.test(code) ? await entries.find(code) : undefined
        if (entry === undefined || !isVisible(entry, sightOf(PUBLIC_CALLER))) return missing(reply)
        const page = `${origin(request)}/datasets/${code}`
        const items = (await newsOf(db, code, -1, MOST)).map(({ revision, at, kinds }) => ({
          id: `${page}#${revision}`, title: `${entry.title}：${kinds.map((kind) => KINDS[kind]).join('、')}`, link: page, updated: at, summary: entry.summary,
        }))
        return send(reply, atom({ self: `${origin(request)}/feeds/entries/${code}`, page, title: entry.title, updated: items[0]?.updated ?? entry.changedAt }, items))
      },
    },
    {
      method: 'GET', path: '/feeds/datasets',
      async handle(request, reply) {
        const given = request.query as Record<string, unknown> // a query string
        const query = Object.fromEntries(ASKED.flatMap((key) => {
          const value = given[key]
          return typeof value === 'string' && value !== '' ? [[key, value.slice(0, 200)]] : []
        }))
        const found = await newestOf({ ...query, audience: 'public' } as SavedQuery, PUBLIC_CALLER) // values of an unknown theme find nothing
        const address = new URLSearchParams(query).toString()
        const items = found.slice(0, MOST).map((entry) => ({
          id: `${origin(request)}/datasets/${entry.code}`, title: entry.title, link: `${origin(request)}/datasets/${entry.code}`, updated: entry.changedAt, summary: entry.summary,
        }))
        return send(reply, atom({
          self: `${origin(request)}/feeds/datasets?${address}`, page: `${origin(request)}/datasets?${address}`, title: query['q'] === undefined ? '数据集' : `数据集：${query['q']}`,
          updated: items[0]?.updated ?? clock.now(),
        }, items))
      },
    },
  ]
}
