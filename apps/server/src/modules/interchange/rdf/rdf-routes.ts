import { datasetToDcat } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PlainRoute } from '../../../platform/route.ts'
import type { InterchangeDeps } from '../context.ts'
import type { Published } from '../dataset/published.ts'
import { preferred } from '../web/negotiate.ts'
import { baseOf } from '../web/origin.ts'
import { sendDocument } from '../web/send.ts'
import { type CatalogPages, pageQueryOf } from './catalog-page.ts'
import { type Ending, ENDING_OF, SYNTAXES } from './syntaxes.ts'

const RDF_TYPES = Object.values(SYNTAXES).map(({ mediaType }) => mediaType)
const PAGE = 'text/html'

/** DCAT-AP in three syntaxes; a thing's own address leads browsers to its page and machines to its description. */
export function rdfRoutes(deps: InterchangeDeps, published: Published, pages: CatalogPages): PlainRoute[] {
  /** Sends the reader on to what it likes best. @param page address of the page for people */
  function seeOther(request: FastifyRequest, reply: FastifyReply, file: string, page: string): FastifyReply {
    const type = preferred(request.headers.accept, [...RDF_TYPES, PAGE])
    const ending = ENDING_OF.get(type ?? '') ?? 'ttl'
    const search = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : ''
    return reply.header('vary', 'accept').redirect(`${baseOf(deps, request)}${type === PAGE ? page : `${file}.${ending}${search}`}`, 303)
  }

  async function sendDataset(request: FastifyRequest, reply: FastifyReply, code: string, ending: Ending): Promise<FastifyReply> {
    const dataset = await published.dataset(code, baseOf(deps, request))
    const { contentType, write } = SYNTAXES[ending]
    return sendDocument(request, reply, { contentType, body: write(datasetToDcat(dataset)), modified: dataset.changed === null ? undefined : new Date(dataset.changed) })
  }

  const catalogFiles = Object.entries(SYNTAXES).map(([ending, { contentType, write }]): PlainRoute => ({
    method: 'GET', path: `/catalog.${ending}`,
    handle: async (request, reply) => {
      const quads = await pages.page(baseOf(deps, request), ending as Ending, pageQueryOf(request.query)) // its own keys
      return sendDocument(request, reply, { contentType, body: write(quads) })
    },
  }))

  return [
    ...catalogFiles,
    { method: 'GET', path: '/catalog', handle: async (request, reply) => seeOther(request, reply, '/catalog', '/datasets') },
    {
      method: 'GET', path: '/dataset/:file',
      handle: async (request, reply) => {
        const { file } = request.params as { file: string } // named in the path
        const [, code, ending] = /^([0-9]{6,12}-[0-9]{6})(?:\.(ttl|jsonld|xml))?$/.exec(file) ?? []
        if (code === undefined) throw new AppError('request/not-found')
        if (ending !== undefined) return sendDataset(request, reply, code, ending as Ending) // the pattern's endings
        await published.dataset(code, baseOf(deps, request))
        return seeOther(request, reply, `/dataset/${code}`, `/datasets/${code}`)
      },
    },
    {
      // Browsers get the page as ever; only a reader that asks for RDF rather than HTML is sent to it.
      method: 'GET', path: '/datasets/:code',
      handle: async (request, reply) => {
        const { code } = request.params as { code: string } // named in the path
        const ending = ENDING_OF.get(preferred(request.headers.accept, [PAGE, ...RDF_TYPES]) ?? '')
        if (ending === undefined) return reply.header('vary', 'accept').callNotFound()
        await published.dataset(code, baseOf(deps, request))
        return reply.header('vary', 'accept').redirect(`${baseOf(deps, request)}/dataset/${code}.${ending}`, 303)
      },
    },
  ]
}
