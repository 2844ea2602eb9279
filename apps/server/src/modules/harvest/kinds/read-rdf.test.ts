import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRdf } from './read-rdf.ts'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const xml = (body: string, prolog = ''): string => `<?xml version="1.0"?>${prolog}<rdf:RDF xmlns:rdf="${RDF}" xmlns:dct="http://purl.org/dc/terms/">${body}</rdf:RDF>`

describe('a document of RDF', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datong-rdf-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  async function read(text: string, mediaType = 'text/plain') {
    const file = join(folder, 'document')
    await writeFile(file, text)
    return (await readRdf({ file, mediaType, url: 'https://x.cn/c', isNew: true, etag: null }, 'x.cn')).map(({ subject, object }) => [subject.value, object.value])
  }

  it.each([
    ['Turtle', '<#a> <http://purl.org/dc/terms/title> "停车" .'],
    ['RDF/XML', xml('<rdf:Description rdf:about="#a"><dct:title>停车</dct:title></rdf:Description>')],
    ['JSON-LD', JSON.stringify({ '@context': { title: 'http://purl.org/dc/terms/title' }, '@id': '#a', title: '停车' })],
  ])('is read in %s whatever it is called', async (_, text) => {
    expect(await read(text)).toEqual([['https://x.cn/c#a', '停车']])
  })

  it('may name its namespaces by entities', async () => {
    expect(await read(xml('<rdf:Description rdf:about="&x;a"><dct:title>停车</dct:title></rdf:Description>', '<!DOCTYPE rdf:RDF [<!ENTITY x "https://x.cn/">]>'))).toEqual([['https://x.cn/a', '停车']])
  })

  it.each([
    ['entities of entities', xml('<rdf:Description rdf:about="#a"><dct:title>&b;</dct:title></rdf:Description>', '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>')],
    ['a file', xml('<rdf:Description rdf:about="#a"><dct:title>&b;</dct:title></rdf:Description>', '<!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/passwd">]>')],
    ['a parameter', xml('', '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://x.cn/p.dtd"> %p;]>')],
    ['a prolog without end', `<?xml version="1.0"?><!-- ${' '.repeat(70_000)} --><!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/passwd">]><r/>`],
    ['a context elsewhere', '{"@context": "http://127.0.0.1:9/context", "@id": "#a", "title": "x"}'],
    ['HTML', '<!doctype html><html><body>Not here</body></html>'],
    ['broken Turtle', '<#a> <#b>'],
    ['broken JSON', '{"@graph": [{"@id": "a"'],
    ['broken XML', '<?xml version="1.0"?><rdf:RDF'],
  ])('is refused with %s', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'harvest/not-a-catalogue' })
  })

  it('is refused with more statements than a page may have', async () => {
    await expect(read(Array.from({ length: 500_001 }, (_, index) => `<a:${index}> <b:b> <c:c> .`).join('\n'))).rejects.toMatchObject({ code: 'harvest/too-large' })
  })
})
