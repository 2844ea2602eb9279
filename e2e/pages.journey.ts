import { AxeBuilder } from '@axe-core/playwright'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aBrowserOf, aVisitor, aWindow, drawn, openBrowser, type Visitor } from './src/visitor.ts'

const SHOTS = join(import.meta.dirname, 'screenshots')
/** Pictures of all pages are for people who want to look at them (`DATONG_SCREENSHOTS=1`); of a page that failed there is always one. */
const KEEP_SHOTS = process.env['DATONG_SCREENSHOTS'] === '1'
const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }] as const
const LANGUAGES = ['zh-CN', 'en-US'] as const
type Language = (typeof LANGUAGES)[number]
/** An account; null for the public. */
type Person = string | null

/** Every page with the account that works on it; `{open}` and the like stand for real objects of the city. */
const PAGES: readonly (readonly [string, Person])[] = [
  ['/', null], ['/datasets', null], ['/datasets?q=停车', null], ['/datasets?q=没有这样的数据', null], ['/datasets/{open}', null], ['/departments', null],
  ['/about', null], ['/nowhere', null], ['/console/login', null],
  ['/console', 'steward'], ['/console', 'provider'], ['/console', 'auditor'], ['/console', 'leader'], ['/console', 'sysadmin'], ['/console', 'developer'],
  ['/console/catalog', 'provider'], ['/console/catalog/classification', 'steward'], ['/console/catalog/{own}', 'provider'], ['/console/catalog/{own}/edit', 'provider'],
  ['/console/catalog/{conditional}', 'consumer'], ['/console/sharing/apply/{conditional}', 'consumer'],
  ['/console/catalog/standards', 'steward'], ['/console/catalog/standards/code-lists', 'consumer'], ['/console/catalog/standards/conformity', 'steward'], ['/console/catalog/standards/imports', 'steward'],
  ['/console/catalog/standards/elements/DE01001', 'provider'], ['/console/catalog/standards/code-lists/GB2260', 'steward'], ['/console/catalog/standards/entries/{own}', 'provider'],
  ['/console/catalog/harvest', 'steward'], ['/console/catalog/ledger', 'steward'], ['/console/catalog/bulk', 'provider'], ['/console/catalog/bulk', 'steward'], ['/console/catalog/words', 'steward'], ['/console/catalog/words', 'leader'],
  ['/console/catalog/clocks', 'steward'], ['/console/catalog/lists', 'steward'], ['/console/catalog/lists/negative', 'provider'], ['/console/catalog/lists/demands', 'provider'],
  ['/console/following', 'consumer'], ['/demands', null], ['/following', null],
  ['/console/collection', 'provider'], ['/console/collection/upload', 'provider'], ['/console/collection/recipes', 'provider'], ['/console/collection/recipes', 'auditor'], ['/console/collection/recipes/{recipe}', 'provider'], ['/console/collection/lake', 'steward'], ['/console/collection/lake/new', 'provider'], ['/console/collection/lake/{view}', 'provider'], ['/console/collection/lake/{view}/view', 'provider'], ['/console/collection/lake/{open}', 'consumer'], ['/console/collection/loads/{load}', 'provider'],
  ['/console/collection/sources', 'provider'], ['/console/collection/sources', 'steward'], ['/console/collection/sources/new', 'provider'], ['/console/collection/sources/{source}', 'provider'], ['/console/collection/sources/{source}/edit', 'provider'],
  ['/console/collection/forms', 'steward'], ['/console/collection/forms/new', 'steward'], ['/console/collection/forms/{form}', 'provider'], ['/console/collection/forms/{form}', 'steward'],
  ['/console/quality', 'steward'], ['/console/quality', 'consumer'], ['/console/quality/rules', 'provider'], ['/console/quality/entries/{ruled}', 'provider'], ['/console/quality/entries/{ruled}?tab=suggestions', 'provider'], ['/console/quality/entries/{ruled}?tab=score', 'consumer'], ['/console/quality/entries/{ruled}?tab=gate', 'provider'], ['/console/quality/entries/{ruled}/new', 'provider'], ['/console/quality/rules/{qualityRule}', 'provider'], ['/console/quality/tickets', 'provider'], ['/console/quality/tickets/{ticket}', 'provider'], ['/console/quality/trace', 'provider'], ['/reports', 'consumer'], ['/console/sharing', 'provider'], ['/console/sharing', 'consumer'], ['/console/sharing/cart', 'consumer'],
  ['/console/sharing/board', 'steward'], ['/console/sharing/evaluations', 'provider'], ['/console/sharing/applications/{application}', 'steward'],
  ['/console/sharing/grants/{grant}', 'provider'],
  ['/console/catalog/metadata-quality', 'steward'], ['/console/catalog/metadata-quality', 'provider'], ['/console/governance', 'steward'], ['/console/governance/sleeping', 'steward'], ['/console/governance/rules', 'steward'],
  ['/console/governance/rules/new', 'steward'], ['/console/governance/purposes', 'steward'], ['/console/governance/purposes/tax-arrears-check?entry={conditional}', 'steward'],
  ['/console/governance/duties', 'steward'], ['/console/governance/calendar', 'steward'], ['/console/governance/limits', 'steward'],
  ['/console/sharing/applications/{application}', 'provider'],
  ['/console/sharing/grants', 'consumer'], ['/console/sharing/apps', 'consumer'], ['/console/calls', 'leader'],
  ['/console/calls', 'provider'], ['/console/calls', 'developer'], ['/console/calls/derived', 'provider2'], ['/console/calls/derived/new', 'provider2'],
  ['/console/delivery/grants/{held}/rows', 'provider2'], ['/console/delivery/grants/{held}/verify', 'provider2'], ['/console/delivery/grants/{held}/statistics', 'provider2'], ['/console/delivery/grants/{held}/graphql', 'provider2'],
  ['/console/delivery/grants/{held}/files', 'provider2'], ['/console/delivery/grants/{held}/changes', 'provider2'], ['/console/delivery/grants/{held}/webhooks', 'provider2'],
  ['/console/delivery/grants/{held}/push', 'provider2'], ['/console/delivery/grants/{held}', 'provider'],
  ['/console/protection', 'security'], ['/console/protection/watermark', 'security'], ['/console/evidence', 'auditor'], ['/console/settings', 'sysadmin'], ['/console/settings', 'security'],
  ['/console/settings/organisations', 'sysadmin'],
]

/** Pages of one person after each other, so that a window serves many. */
const byPerson = (pages: readonly (readonly [string, Person])[]) => pages.toSorted(([, a], [, b]) => String(a).localeCompare(String(b)))

let browser: Browser
let objects: Map<string, string>
/** The browsers of the people, by account and language: each signs in once and keeps the scripts that it has. */
const browsers = new Map<string, Promise<BrowserContext>>()
/** Their windows that nobody looks at just now: one that has shown pages before shows the next with half the work. */
const idle = new Map<BrowserContext, Visitor[]>()

beforeAll(async () => {
  browser = await openBrowser()
  objects = await findObjects()
})
afterAll(() => browser.close())

function browserOf(as: Person, language: Language): Promise<BrowserContext> {
  const known = browsers.get(`${as} ${language}`)
  if (known !== undefined) return known
  const opened = aBrowserOf(browser, { ...(as === null ? {} : { as }), language })
  browsers.set(`${as} ${language}`, opened)
  return opened
}

/** Opens a page in a window of the person's, wide as on a desk, and looks at it. A window on a page that failed is not used again. */
async function look(as: Person, language: Language, path: string, at: (visitor: Visitor) => Promise<void>): Promise<void> {
  const context = await browserOf(as, language)
  const visitor = idle.get(context)?.pop() ?? (await aWindow(context))
  visitor.complaints.length = 0
  try {
    await visitor.page.setViewportSize(SIZES[0])
    await visitor.go(filled(path))
    await drawn(visitor.page)
    await at(visitor)
  } catch (error) {
    await shoot(visitor, join(SHOTS, 'failed'), path, as, language)
    await visitor.close()
    throw error
  }
  idle.set(context, [...(idle.get(context) ?? []), visitor])
}

const shoot = async ({ page }: Visitor, folder: string, path: string, as: Person, language: Language): Promise<void> =>
  void (await page.screenshot({ path: join(folder, fileName(path, as, language, page.viewportSize()?.width ?? 0)) }))

/** Objects that pages are about, found as their users would. */
async function findObjects(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const ask = async (as: string, path: string): Promise<Record<string, unknown>[]> => {
    const answer = await (await browserOf(as, 'zh-CN')).request.get(path)
    const { items } = (await answer.json()) as { items: Record<string, unknown>[] } // every list answers so
    return items
  }
  found.set('open', String((await ask('provider', '/api/v1/catalog/entries?audience=public&openingType=open&sort=-stars'))[0]?.['code']))
  found.set('own', String((await ask('provider', '/api/v1/catalog/entries?mine=true&state=published'))[0]?.['code']))
  found.set('conditional', String((await ask('consumer', '/api/v1/catalog/entries?sharingType=conditional&audience=departments'))[0]?.['code']))
  found.set('view', String((await ask('provider', '/api/v1/collection/views'))[0]?.['entryCode']))
  found.set('source', String((await ask('provider', '/api/v1/collection/sources'))[0]?.['id']))
  found.set('recipe', String((await ask('provider', '/api/v1/collection/recipes'))[0]?.['entryCode']))
  const [rule] = await ask('provider', '/api/v1/quality/rules')
  found.set('ruled', String(rule?.['entryCode']))
  found.set('qualityRule', String(rule?.['id']))
  found.set('form', String((await ask('provider', '/api/v1/collection/forms'))[0]?.['id']))
  found.set('load', String((await ask('provider', '/api/v1/collection/loads'))[0]?.['id']))
  found.set('grant', String((await ask('provider', '/api/v1/sharing/grants'))[0]?.['id']))
  found.set('held', String((await ask('provider2', '/api/v1/sharing/grants?side=consumer&state=active'))[0]?.['id']))
  found.set('application', String((await ask('provider', '/api/v1/sharing/applications'))[0]?.['id']))
  found.set('ticket', String((await ask('provider', '/api/v1/tickets'))[0]?.['id']))
  return found
}

const filled = (path: string): string => path.replace(/\{(\w+)\}/g, (_, name: string) => objects.get(name) ?? 'missing')
const fileName = (path: string, as: Person, language: Language, width: number): string =>
  `${path.replace(/[^\w{}]+/g, '-').replace(/^-|-$/g, '') || 'home'}${as === null ? '' : `-${as}`}-${language.slice(0, 2)}-${width}.png`

describe('the page', () => {
  it.concurrent.for(byPerson(PAGES))('%s as %s shows itself in both languages on desk and phone without an error, and without scrolling sideways', async ([path, as], { expect }) => {
    await Promise.all(LANGUAGES.map((language) => look(as, language, path, async (visitor) => {
      const { page } = visitor
      for (const size of SIZES) {
        const where = `${language} ${size.width}`
        await page.setViewportSize(size)
        await page.waitForTimeout(300)
        await drawn(page)
        if (KEEP_SHOTS) await shoot(visitor, SHOTS, path, as, language)
        // A page that is busy takes its new width a moment later.
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), { message: `${where}: pixels beyond the window` }).toBeLessThanOrEqual(0)
        const words = await page.evaluate(() => document.body.innerText)
        expect(words.trim().length, `${where}: something to read`).toBeGreaterThan(20)
      }
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language === 'en-US' ? 'en' : 'zh-CN')
      const expected = path === '/nowhere' ? visitor.complaints.filter((line) => !line.includes('404')) : visitor.complaints
      expect(expected, language).toEqual([])
    })))
  })
})

describe('people who cannot see or use a mouse', () => {
  it.concurrent.for(byPerson([['/', null], ['/datasets', null], ['/datasets/{open}', null], ['/console', 'provider'], ['/console/catalog', 'provider'], ['/console/sharing/applications/{application}', 'provider'],
    ['/console/sharing', 'provider'], ['/console/sharing/apply/{conditional}', 'consumer'], ['/console/sharing/board', 'steward'], ['/console/sharing/grants/{grant}', 'provider'],
    ['/console/governance', 'steward'], ['/console/governance/rules/new', 'steward'], ['/console/governance/purposes/tax-arrears-check?entry={conditional}', 'steward'], ['/console/governance/limits', 'steward'],
    ['/console/calls', 'steward'], ['/console/calls/derived/new', 'provider2'], ['/console/delivery/grants/{held}/rows', 'provider2'], ['/console/delivery/grants/{held}/push', 'provider2'],
  ]))('can use %s as %s: axe finds nothing serious', ([path, as], { expect }) => look(as, 'zh-CN', path, async ({ page }) => {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`)).toEqual([])
  }))

  it('can search the portal with the keyboard alone', async () => {
    const visitor = await aVisitor(browser)
    await visitor.go('/')
    await visitor.page.getByRole('searchbox').or(visitor.page.getByPlaceholder(/搜/)).first().focus()
    await visitor.page.keyboard.type('停车')
    await visitor.page.keyboard.press('Enter')
    await visitor.page.waitForURL(/datasets\?q=/)
    await visitor.page.getByRole('link', { name: /停车/ }).first().waitFor()
    await visitor.close()
  })
})

describe('downloads of open data', () => {
  it.each(['csv', 'json', 'xlsx', 'parquet'])('come as %s', async (format) => {
    const answer = await fetch(`${inject('datong').url}/data/v1/${objects.get('open')}/download?format=${format}`)
    expect(answer.status).toBe(200)
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100)
  })
})
