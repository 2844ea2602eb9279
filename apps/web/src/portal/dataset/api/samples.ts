import { operations, urlOf } from '@datong/contracts'

export const LANGUAGES = ['curl', 'python', 'javascript', 'java'] as const
export type SampleLanguage = (typeof LANGUAGES)[number]

export interface SampleInput {
  /** Scheme and host of the platform. */
  readonly origin: string
  readonly code: string
  /** Query parameters in the reader's own words, such as `{ '区': '东城' }`. */
  readonly query: Readonly<Record<string, string>>
  /** Whether a key is needed. */
  readonly key: boolean
}

const single = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
/** In a shell a quote inside quotes closes them, stands by itself, and opens them again. */
const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const rowsAddress = ({ origin, code }: SampleInput): string => origin + urlOf(operations.readRows, { code })

/** curl encodes values but takes names as they are, so that names in Chinese must come encoded; a comment says them plainly. */
function curl(input: SampleInput): string {
  const pairs = Object.entries(input.query)
  const encoded = pairs.some(([name]) => encodeURIComponent(name) !== name)
  const plainly = encoded ? `# ${pairs.map(([name, value]) => `${name}=${value}`).join('&').replace(/\s+/g, ' ')}\n` : ''
  return plainly + [
    `curl --get ${shell(rowsAddress(input))}`,
    ...(input.key ? [`  --header "Authorization: Bearer $DATONG_KEY"`] : []),
    ...pairs.map(([name, value]) => `  --data-urlencode ${shell(`${encodeURIComponent(name)}=${value}`)}`),
  ].join(' \\\n')
}

function python(input: SampleInput): string {
  const params = Object.entries({ ...input.query, limit: '1000' }).map(([name, value]) => `${single(name)}: ${single(value)}`)
  return `${input.key ? 'import os\n' : ''}import requests

url = ${single(rowsAddress(input))}
params = {${params.join(', ')}}
${input.key ? "headers = {'Authorization': f\"Bearer {os.environ['DATONG_KEY']}\"}\n" : ''}rows = []
while True:
    answer = requests.get(url, params=params${input.key ? ', headers=headers' : ''}, timeout=30)
    answer.raise_for_status()
    page = answer.json()
    rows += page['items']
    if page['nextCursor'] is None:
        break
    params['cursor'] = page['nextCursor']
print(len(rows), rows[:3])
`
}

function javascript(input: SampleInput): string {
  const params = Object.entries({ ...input.query, limit: '1000' }).map(([name, value]) => `${single(name)}: ${single(value)}`)
  return `const params = new URLSearchParams({ ${params.join(', ')} })
const rows = []
for (;;) {
  const answer = await fetch(${single(rowsAddress(input))} + '?' + params${input.key ? ", {\n    headers: { Authorization: 'Bearer ' + process.env.DATONG_KEY },\n  }" : ''})
  if (!answer.ok) throw new Error((await answer.json()).detail)
  const page = await answer.json()
  rows.push(...page.items)
  if (page.nextCursor === null) break
  params.set('cursor', page.nextCursor)
}
console.log(rows.length, rows.slice(0, 3))
`
}

function java(input: SampleInput): string {
  const url = rowsAddress(input) + (Object.keys(input.query).length > 0 ? `?${new URLSearchParams(input.query)}` : '')
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Rows {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(${JSON.stringify(url)}))
${input.key ? '      .header("Authorization", "Bearer " + System.getenv("DATONG_KEY"))\n' : ''}      .build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
    System.out.println(answer.body());
  }
}
`
}

const WRITERS: Record<SampleLanguage, (input: SampleInput) => string> = { curl, python, javascript, java }

/** A program that reads the rows, ready to run. Python and JavaScript go through all pages. */
export const sampleOf = (language: SampleLanguage, input: SampleInput): string => WRITERS[language](input)
