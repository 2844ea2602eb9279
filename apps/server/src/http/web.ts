import fastifyStatic from '@fastify/static'
import { AppError } from '@datong/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { PageHeads } from '../platform/page-head.ts'
import { withHead } from './page-with-head.ts'
import { sendProblem } from './problem.ts'
import { asPage } from './security-headers.ts'

/** Addresses of machines: an unknown one is a problem document, never a page. */
const NOT_PAGES = /^\/(api|data|dataset|sitemap|log|docs|graphql|mcp|dsp|oauth|\.well-known|metrics|healthz|readyz|assets)(\/|$)/

const NOT_BUILT = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Datong</title></head><body>
<h1>达通 Datong</h1><p>网页尚未构建：请在项目目录运行 <code>npm run build</code>，然后刷新。</p>
<p>The web pages are not built yet: run <code>npm run build</code> in the project folder, then reload.</p>
<p><a href="/docs/api">API</a></p></body></html>
`

/**
 * Serves the built web pages from `webRoot`. Files are known by name from one look at the folder, so no request reaches
 * outside it; any other address that a browser asks a page for gets `index.html`, with the head that `pageHead` knows for it, and
 * the rest a problem.
 */
export async function mountWeb(app: FastifyInstance, webRoot: string, pageHead: PageHeads): Promise<void> {
  let files = listFiles(webRoot)
  await app.register(fastifyStatic, { root: webRoot, serve: false, cacheControl: false, etag: true, lastModified: true })
  app.setNotFoundHandler(async (request, reply) => {
    const path = safelyDecoded(request.url.split('?', 1)[0] ?? '/')
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (!reads || path === undefined) return notFound(request, reply)
    if (files.size === 0) files = listFiles(webRoot)
    const name = path.slice(1)
    if (name !== 'index.html' && files.has(name)) return sendFile(reply, name)
    if ((path !== '/' && !wantsPage(request)) || NOT_PAGES.test(path) || /\.\w+$/.test(path)) return notFound(request, reply)
    if (files.has('index.html')) return sendPage(request, reply, webRoot, pageHead)
    return asPage(reply).code(503).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(NOT_BUILT)
  })
}

function sendFile(reply: FastifyReply, name: string): FastifyReply {
  // Names under assets/ carry a hash of their content.
  const forEver = name.startsWith('assets/')
  return asPage(reply).header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache').sendFile(name)
}

/** The one page, saying in its head what it is about where that is known. */
async function sendPage(request: FastifyRequest, reply: FastifyReply, webRoot: string, pageHead: PageHeads): Promise<FastifyReply> {
  const head = await pageHead(request)
  if (head === null) return sendFile(reply, 'index.html')
  const page = withHead(await readFile(join(webRoot, 'index.html'), 'utf8'), head)
  return asPage(reply).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
}

const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply => sendProblem(new AppError('request/not-found'), request, reply)

/** Browsers say so; whoever takes anything is shown the public pages, which others link to. */
const wantsPage = ({ headers, url }: FastifyRequest): boolean =>
  (headers.accept?.includes('text/html') ?? false) || (url.startsWith('/datasets/') && (headers.accept ?? '*/*').includes('*/*'))

function safelyDecoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function listFiles(root: string): ReadonlySet<string> {
  if (!existsSync(root)) return new Set()
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  return new Set(entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')))
}
