import { catalogToDcatUs, type DatasetDescription, datasetToDcatUs, toCsvw, toDataPackage } from '@datong/catalog-metadata'
import { AppError } from '@datong/kernel'
import type { PlainRoute } from '../../../platform/route.ts'
import type { InterchangeDeps } from '../context.ts'
import { describeCatalog } from '../dataset/catalog.ts'
import type { Published } from '../dataset/published.ts'
import { baseOf } from '../web/origin.ts'
import { sendDocument, sendStream } from '../web/send.ts'

/** Small, so that other calls get their turn between batches. */
const BATCH = 100

/** Descriptions that are files of their own: DCAT-US for the whole catalogue, data package and CSV metadata for one data set. */
export function fileRoutes(deps: InterchangeDeps, published: Published): PlainRoute[] {
  const ofDataset = (path: string, contentType: string, make: (dataset: DatasetDescription) => Record<string, unknown> | undefined): PlainRoute => ({
    method: 'GET', path,
    handle: async (request, reply) => {
      const { code } = request.params as { code: string } // named in the path
      const dataset = await published.dataset(code, baseOf(deps, request))
      const made = make(dataset)
      if (made === undefined) throw new AppError('request/not-found')
      return sendDocument(request, reply, { contentType, body: `${JSON.stringify(made, null, 2)}\n`, modified: dataset.changed === null ? undefined : new Date(dataset.changed) })
    },
  })

  async function* dataJson(base: string): AsyncGenerator<string> {
    yield `${JSON.stringify(catalogToDcatUs(describeCatalog(deps, base))).slice(0, -1)},"dataset":[`
    let separator = ''
    for await (const batch of published.batches(base, BATCH)) {
      yield separator + batch.map((dataset) => JSON.stringify(datasetToDcatUs(dataset))).join(',\n')
      separator = ',\n'
    }
    yield ']}\n'
  }

  return [
    {
      method: 'GET', path: '/data.json',
      handle: async (request, reply) => {
        const base = baseOf(deps, request)
        const edition = deps.catalog.edition()
        // Names of departments stand in it too.
        return sendStream(request, reply, 'application/json', edition === null ? null : JSON.stringify([edition, base, deps.organisations.list()]), () => dataJson(base))
      },
    },
    ofDataset('/dataset/:code/datapackage.json', 'application/json', toDataPackage),
    ofDataset('/dataset/:code/csv-metadata.json', 'application/csvm+json', toCsvw),
  ]
}
