import type { FastifyRequest } from 'fastify'

/** A request that is no call at all: CKAN answers it with a JSON string. */
export class BadRequest extends Error {}

type Data = Record<string, unknown>

/**
 * Parameters of a call: of the address for GET, else of a JSON body or a form. A form with one name that is JSON and no value is what `curl -d`
 * makes of a body, and is read as that.
 * @throws BadRequest
 */
export function readInput(request: FastifyRequest, writes: boolean): Data {
  if (request.method === 'GET') {
    if (writes) throw new BadRequest('JSON Error: Invalid request. Please use POST method for your request')
    return parametersOf(new URL(request.url, 'http://localhost').searchParams)
  }
  const { body } = request
  if (body === undefined || body === null || body === '') return writes ? {} : parametersOf(new URL(request.url, 'http://localhost').searchParams)
  if (body instanceof URLSearchParams) return formOf(body)
  if (typeof body !== 'object' || Array.isArray(body)) throw new BadRequest(`JSON Error: Request data JSON decoded to ${JSON.stringify(body).slice(0, 100)} but it needs to be a dictionary.`)
  return Object.fromEntries(Object.entries(body))
}

/** One value is a text, several are a list. */
function parametersOf(parameters: URLSearchParams): Data {
  const data: Data = {}
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name)
    data[name] = values.length === 1 ? values[0] : values
  }
  return data
}

function formOf(form: URLSearchParams): Data {
  const [only] = form.entries()
  if (form.size === 1 && only !== undefined && (only[1] === '' || only[1] === '1') && /^\s*\{/.test(only[0])) {
    try {
      const parsed: unknown = JSON.parse(only[0])
      if (typeof parsed === 'object' && parsed !== null) return Object.fromEntries(Object.entries(parsed))
    } catch {
      throw new BadRequest('JSON Error: Error decoding JSON data.')
    }
  }
  return parametersOf(form)
}
