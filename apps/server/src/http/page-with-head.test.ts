import { describe, expect, it } from 'vitest'
import { withHead } from './page-with-head.ts'

const PAGE = '<!doctype html><html><head><meta name="description" content="old" /><title>达通 Datong</title></head><body></body></html>'

describe('a page with a head of its own', () => {
  it('carries title, description and elements, whatever characters they have', () => {
    expect(withHead(PAGE, { title: "a < b & $& $1 $'", description: '"><script>', elements: ['<link rel="canonical" href="https://x.cn/$&">'] })).toBe(
      '<!doctype html><html><head><meta name="description" content="&#34;&#62;&#60;script&#62;"><title>a &#60; b &#38; $&#38; $1 $\' · 达通 Datong</title>'
      + '<link rel="canonical" href="https://x.cn/$&">\n</head><body></body></html>',
    )
  })
})
