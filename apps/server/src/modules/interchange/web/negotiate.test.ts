import { describe, expect, it } from 'vitest'
import { preferred } from './negotiate.ts'

const OFFERED = ['text/html', 'text/turtle', 'application/ld+json', 'application/rdf+xml']

describe('what a reader gets of several media types', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['text/turtle', 'text/turtle'],
    ['application/rdf+xml;q=0.8, application/ld+json', 'application/ld+json'],
    ['text/*;q=0.5, text/html;q=0, application/ld+json;q=0.4', 'text/turtle'],
    ['*/*', 'text/html'],
    [undefined, 'text/html'],
    ['image/png', undefined],
    ['text/turtle;q=nonsense', undefined],
  ])('%s is answered with %s', (accept, type) => expect(preferred(accept, OFFERED)).toBe(type))
})
