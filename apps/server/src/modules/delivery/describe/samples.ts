import type { PlanField } from '../plan/plan.ts'
import { countedBy } from '../statistics/count-rows.ts'
import { type DescribedResource, percentEncoded } from './resource.ts'

/** A call in all languages: the same address, the same body. */
interface Call {
  readonly purpose: 'rows' | 'verify' | 'statistics'
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly body: Readonly<Record<string, string | number | boolean>> | null
  readonly needsKey: boolean
  readonly origin: string
}

const LANGUAGES = ['curl', 'javascript', 'python', 'java'] as const
type Language = (typeof LANGUAGES)[number]

interface CodeSample {
  readonly language: Language
  readonly purpose: Call['purpose']
  readonly code: string
}

/**
 * Code that calls the resource as this caller may: it runs as it is when `DATONG_KEY` is set. Values are made up; none is
 * taken from the data.
 */
export function codeSamples(resource: DescribedResource): CodeSample[] {
  const { plan, verifiable, identifying, origin, givesRows, givesStatistics } = resource
  const fields = [...plan.fields.values()]
  const looked = fields.find((field) => identifying.includes(field.name)) ?? fields[0]
  const common = { origin, needsKey: plan.basis.kind !== 'open' }
  const calls: Call[] = !givesRows ? [] : [{
    ...common, purpose: 'rows', path: `/data/v1/${plan.entryCode}/rows`, body: null,
    query: [
      ...(looked === undefined ? [] : [[looked.name, String(exampleOf(looked))] as const]),
      ['select', fields.slice(0, 3).map(({ name }) => name).join(',')], ['limit', '10'],
    ],
  }]
  const claimed = [...verifiable.values()].filter(({ field, identifying: is }) => is || field === fields.find(({ name }) => !identifying.includes(name)))
  if (identifying.length > 0) {
    const body = Object.fromEntries(claimed.map(({ field }) => [field.name, exampleOf(field)]))
    calls.push({ ...common, purpose: 'verify', path: `/data/v1/${plan.entryCode}/verify`, query: [], body })
  }
  const [counted] = countedBy(plan).sort((a, b) => Number(a.identifier) - Number(b.identifier))
  if (givesStatistics && counted !== undefined) {
    calls.push({ ...common, purpose: 'statistics', path: `/data/v1/${plan.entryCode}/statistics`, query: [['by', counted.name]], body: null })
  }
  return calls.flatMap((call) => LANGUAGES.map((language) => ({ language, purpose: call.purpose, code: WRITERS[language](call) })))
}

const EXAMPLES: Readonly<Record<PlanField['schema']['type'], string | number | boolean>> = {
  text: '示例', integer: 1, decimal: '1.50', boolean: true, date: '2026-01-31', datetime: '2026-01-31T08:30:00',
}
const exampleOf = ({ schema }: PlanField): string | number | boolean => EXAMPLES[schema.type]

/** A string literal of JavaScript, Python and Java alike. */
const literal = (text: string): string => JSON.stringify(text)

const urlOf = ({ origin, path, query }: Call): string =>
  `${origin}${path}${query.length === 0 ? '' : `?${query.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&')}`}`

function curl(call: Call): string {
  const comment = call.query.filter(([name]) => percentEncoded(name) !== name).map(([name, value]) => `# ${oneLine(name)}=${oneLine(value)}`)
  const parts = [
    `curl --fail-with-body '${urlOf(call)}'`,
    ...(call.needsKey ? ['--header "Authorization: Bearer $DATONG_KEY"'] : []),
    // Within single quotes of a shell only the quote itself is special; JSON can write it as an escape.
    ...(call.body === null ? [] : ["--header 'Content-Type: application/json'", `--data '${JSON.stringify(call.body).replaceAll("'", '\\u0027')}'`]),
  ]
  return `${[...comment, parts.join(' \\\n  ')].join('\n')}\n`
}

const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ')

function javascript(call: Call): string {
  const headers = [
    ...(call.needsKey ? ['    authorization: `Bearer ${process.env.DATONG_KEY}`,'] : []), ...(call.body === null ? [] : ["    'content-type': 'application/json',"]),
  ]
  return `${[
    `const url = new URL(${literal(call.origin + call.path)})`,
    ...call.query.map(([name, value]) => `url.searchParams.set(${literal(name)}, ${literal(value)})`),
    'const answer = await fetch(url, {',
    ...(call.body === null ? [] : ["  method: 'POST',"]),
    ...(headers.length === 0 ? [] : ['  headers: {', ...headers, '  },']),
    ...(call.body === null ? [] : [`  body: JSON.stringify(${JSON.stringify(call.body)}),`]),
    '})',
    'if (!answer.ok) throw new Error((await answer.json()).detail)',
    'console.log(await answer.json())',
  ].join('\n')}\n`
}

function python(call: Call): string {
  const body = call.body === null ? [] : [`body = json.loads(${literal(JSON.stringify(call.body))})`]
  const headers = [...(call.needsKey ? ['"Authorization": "Bearer " + os.environ["DATONG_KEY"]'] : []), ...(call.body === null ? [] : ['"Content-Type": "application/json"'])]
  return `${[
    'import json', ...(call.needsKey ? ['import os'] : []), ...(call.query.length === 0 ? [] : ['import urllib.parse']), 'import urllib.request', '',
    `url = ${literal(call.origin + call.path)}`,
    ...(call.query.length === 0 ? [] : [`url += "?" + urllib.parse.urlencode({${call.query.map(([name, value]) => `${literal(name)}: ${literal(value)}`).join(', ')}})`]),
    ...body,
    `request = urllib.request.Request(url, headers={${headers.join(', ')}}${call.body === null ? '' : ', data=json.dumps(body).encode()'})`,
    'with urllib.request.urlopen(request) as answer:',
    '    print(json.load(answer))',
  ].join('\n')}\n`
}

function java(call: Call): string {
  const encoded = call.query.map(([name, value]) => `URLEncoder.encode(${literal(name)}, UTF_8) + "=" + URLEncoder.encode(${literal(value)}, UTF_8)`)
  return `${[
    'import java.net.URI;', ...(encoded.length === 0 ? [] : ['import java.net.URLEncoder;']), 'import java.net.http.HttpClient;', 'import java.net.http.HttpRequest;', 'import java.net.http.HttpResponse;',
    ...(encoded.length === 0 ? [] : ['import static java.nio.charset.StandardCharsets.UTF_8;']), '',
    'public class Call {', '  public static void main(String[] args) throws Exception {',
    `    String url = ${literal(call.origin + call.path)}${encoded.length === 0 ? '' : `\n      + "?" + ${encoded.join('\n      + "&" + ')}`};`,
    '    HttpRequest request = HttpRequest.newBuilder(URI.create(url))',
    ...(call.needsKey ? ['      .header("Authorization", "Bearer " + System.getenv("DATONG_KEY"))'] : []),
    ...(call.body === null ? [] : ['      .header("Content-Type", "application/json")', `      .POST(HttpRequest.BodyPublishers.ofString(${literal(JSON.stringify(call.body))}))`]),
    '      .build();',
    '    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());',
    '  }', '}',
  ].join('\n')}\n`
}

const WRITERS: Readonly<Record<Language, (call: Call) => string>> = { curl, javascript, python, java }
