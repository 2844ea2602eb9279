import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { inject } from 'vitest'

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** How long anything on a page may take: a bound for what hangs, never a judgement of speed. */
const PATIENCE_MS = 90_000

/** What stands on a page while it still reads. */
const READING = '.ant-skeleton-active, [aria-busy="true"]'

/** A person at a browser window; whatever the pages complain about is kept. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the console and of scripts since the start. */
  readonly complaints: string[]
  go(path: string): Promise<void>
  button(name: string, within?: Locator): Locator
  press(name: string): Promise<void>
  close(): Promise<void>
}

export interface VisitorOptions {
  readonly language?: 'zh-CN' | 'en-US'
  /** Account to sign in with; the public when left out. */
  readonly as?: string
}

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS })

/** Ant Design puts a space between two Chinese characters of a button. */
export const spaced = (text: string): RegExp => new RegExp(`^${[...text].map((sign) => sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s*')}$`)

/** A browser of its own (cookies, storage, files kept) for one person, signed in. */
export async function aBrowserOf(browser: Browser, options: VisitorOptions = {}): Promise<BrowserContext> {
  const { url, password } = inject('datong')
  const context = await browser.newContext({
    baseURL: url, locale: options.language ?? 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 900 },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  if (options.as !== undefined) {
    const answer = await context.request.post('/api/v1/session', { data: { username: options.as, password } })
    if (!answer.ok()) throw new Error(`${options.as} cannot sign in: ${await answer.text()}`)
  }
  // As if chosen on an earlier visit: the pages begin in Chinese for everybody.
  if (options.language === 'en-US') await context.addInitScript(() => localStorage.setItem('datong.language', 'en'))
  return context
}

/** Another window of a person's browser; closing it leaves the browser open. */
export async function aWindow(context: BrowserContext): Promise<Visitor> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${new URL(page.url()).pathname}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${new URL(page.url()).pathname}: ${error.message}`))
  const button = (name: string, within?: Locator): Locator => (within ?? page).getByRole('button', { name: spaced(name) })
  return {
    page, context, complaints, button,
    go: async (path) => void (await page.goto(path, { waitUntil: 'networkidle' })),
    press: (name) => button(name).first().click(),
    close: () => page.close(),
  }
}

/** A person with a browser and one window. */
export async function aVisitor(browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const context = await aBrowserOf(browser, options)
  return { ...(await aWindow(context)), close: () => context.close() }
}

/** Waits until a page shows words, reads nothing any more, and has the letters to show them. On a busy machine the network may rest before that. */
export const drawn = async (page: Page): Promise<void> => void (await page.waitForFunction(
  (reading) => document.body.innerText.trim().length > 20 && document.querySelector(reading) === null && document.fonts.status === 'loaded', READING,
))
