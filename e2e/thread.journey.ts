import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, inject, it, onTestFailed } from 'vitest'
import { aVisitor, openBrowser, spaced, type Visitor } from './src/visitor.ts'

/** A file as a bureau has it: GB18030, a number of 15 digits, a formula, one row too short. */
const ROWS: readonly (readonly string[])[] = [
  ['姓名', '公民身份号码', '手机号码', '参保单位', '缴费基数'],
  ['张伟', '11010519491231002X', '13812345678', '澜海第一机械厂', '5200.50'],
  ['欧阳娜娜', '440524188001010014', '13912345679', '澜海纺织厂', '4980.00'],
  ['王芳', '110105491231002', '13712345670', '=cmd|calc', '6100.25'],
  ['李强', '11010519491231002X', '13612345671', '澜海港务局', '7000.00'],
]
const BROKEN = '赵六,只有两列'

let browser: Browser
let provider: Visitor
let steward: Visitor
let consumer: Visitor
let auditor: Visitor
let code = ''
let receipt = ''

beforeAll(async () => {
  browser = await openBrowser()
  provider = await aVisitor(browser, { as: 'provider2' })
  steward = await aVisitor(browser, { as: 'steward' })
  consumer = await aVisitor(browser, { as: 'consumer' })
  auditor = await aVisitor(browser, { as: 'auditor' })
})
afterAll(async () => {
  await browser.close()
})

/** What each person saw when a step failed. */
beforeEach(() => {
  onTestFailed(async ({ task }) => {
    const folder = join(import.meta.dirname, 'screenshots', 'failed')
    mkdirSync(folder, { recursive: true })
    for (const [name, { page }] of Object.entries({ provider, steward, consumer, auditor })) await page.screenshot({ path: join(folder, `${task.name.slice(0, 40)} - ${name}.png`) })
  })
})

const dialog = (visitor: Visitor) => visitor.page.getByRole('dialog').last()

it('an officer signs in with name and password and is led to the console', async () => {
  const visitor = await aVisitor(browser)
  await visitor.go('/console')
  await visitor.page.getByLabel('账号').fill('provider2')
  await visitor.page.getByLabel('密码', { exact: true }).fill(inject('datong').password)
  await visitor.press('登录')
  await visitor.page.getByText('何沐青').first().waitFor()
  await visitor.close()
})

it('an officer uploads a file and sees it become an entry, with the broken row set aside', async () => {
  await provider.go('/console/collection/upload')
  const text = `${ROWS.map((row) => row.join(',')).join('\r\n')}\r\n${BROKEN}\r\n`
  await provider.page.locator('input[type=file]').setInputFiles({ name: '城镇职工参保缴费.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') })
  const link = provider.page.getByRole('link', { name: '查看目录条目' })
  await link.waitFor({ timeout: 60_000 })
  await provider.page.getByText('完成').first().waitFor({ timeout: 60_000 })
  await link.click()
  await provider.page.getByRole('heading', { name: '城镇职工参保缴费' }).waitFor()
  code = new URL(provider.page.url()).pathname.split('/').at(-1) ?? ''
  expect(code).toMatch(/^\d+-\d{6}$/)
  await provider.page.getByRole('tab', { name: '版本' }).click()
  await provider.page.getByText('城镇职工参保缴费.csv').first().waitFor()
})

it('he confirms the description and submits it', async () => {
  await provider.go(`/console/catalog/${code}/edit`)
  await provider.page.getByLabel('摘要').fill('全市城镇职工参保缴费明细，每月更新。')
  await choose(provider, '共享属性（对部门）', '有条件共享')
  await provider.page.getByLabel('共享条件').fill('用于核查履行法定职责所需的参保状态。')
  await choose(provider, '开放属性（对公众）', '不予开放')
  await provider.press('保存')
  await provider.page.waitForURL(`**/console/catalog/${code}`)
  await provider.press('提交审核')
  await provider.button('提交审核', dialog(provider)).click()
  await provider.page.getByText('已提交审核').waitFor()
})

it('the steward publishes it', async () => {
  await steward.go(`/console/catalog/${code}`)
  await steward.press('发布')
  await steward.button('发布', dialog(steward)).click()
  await steward.page.getByText('已发布').first().waitFor()
})

it('an officer of another department applies for some fields with a purpose', async () => {
  await consumer.go('/console/catalog')
  await consumer.page.getByPlaceholder('搜名称、摘要、字段').fill('职工参保缴费')
  await consumer.page.keyboard.press('Enter')
  await consumer.page.waitForURL(/q=/)
  await consumer.page.getByRole('link', { name: '城镇职工参保缴费' }).click()
  await consumer.page.getByRole('link', { name: '申请使用' }).click()
  for (const field of ['姓名', '公民身份号码', '手机号码']) {
    await consumer.page.getByRole('row', { name: new RegExp(`^(选择 )?${field}|${field}`) }).first().getByRole('checkbox').check()
  }
  await consumer.page.getByRole('button', { name: /下一步/ }).click()
  await consumer.page.getByLabel('具体办什么事').fill('核查欠税企业职工的参保状态')
  await consumer.page.getByLabel('使用系统或事项').fill('征管系统')
  await consumer.press('下一步')
  await consumer.page.getByText('行范围').waitFor()
  await consumer.press('下一步')
  await consumer.page.getByText(/最迟|剩 ?10 ?个工作日/).first().waitFor()
  await consumer.page.getByRole('checkbox', { name: /我部门承诺/ }).check()
  await consumer.press('提交申请')
  await consumer.page.getByText('审核中').first().waitFor()
})

it('the provider sees the clock and consents', async () => {
  await provider.go('/console/sharing')
  await provider.page.getByRole('link', { name: '城镇职工参保缴费' }).click()
  await provider.page.getByText(/剩 ?10 ?个工作日|剩 10/).first().waitFor()
  await provider.press('同意')
  await provider.button('同意', dialog(provider)).click()
  await provider.page.getByText('已同意').first().waitFor()
})

it('the consumer makes a key, which is shown once, and calls with it', async () => {
  await consumer.go('/console/sharing/apps')
  const panel = consumer.page.locator('section, .dt-panel, .ant-card').filter({ hasText: '城镇职工参保缴费' }).first()
  await consumer.button('生成密钥', panel).click()
  await dialog(consumer).getByLabel('名称').fill('征管系统一号')
  await consumer.button('生成密钥', dialog(consumer)).click()
  const key = (await consumer.page.locator('.dt-secret code').textContent()) ?? ''
  expect(key).toMatch(/^dt_/)
  await consumer.press('已保存')

  const rows = await fetch(`${inject('datong').url}/data/v1/${code}/rows?limit=10`, { headers: { authorization: `Bearer ${key}` } })
  expect(rows.status).toBe(200)
  receipt = rows.headers.get('datong-evidence') ?? ''
  const { items } = await rows.json() as { items: Record<string, string>[] } // the contract of the row interface
  expect(items).toHaveLength(4)
  expect(items[1]).toEqual({ 姓名: '欧阳**', 公民身份号码: '4405************14', 手机号码: '139****5679' })
  expect(JSON.stringify(items)).not.toContain('参保单位')
})

it('the auditor opens the receipt, and checks the whole log', async () => {
  await auditor.go(`/console/evidence/receipts/${receipt}`)
  await auditor.page.getByText('征管系统').or(auditor.page.getByText('城镇职工参保缴费')).first().waitFor()
  await auditor.go('/console/evidence')
  await auditor.press('全面核验')
  await auditor.page.getByText(/完好|没有发现/).first().waitFor({ timeout: 60_000 })
})

it('nobody met an error in the pages on the way', () => {
  expect([provider, steward, consumer, auditor].flatMap(({ complaints }) => complaints)).toEqual([])
})

/** Chooses in a form: a group of radio buttons or a list that drops down. */
async function choose(visitor: Visitor, label: string, option: string): Promise<void> {
  const item = visitor.page.locator('.ant-form-item').filter({ hasText: label }).first()
  const radio = item.getByText(spaced(option))
  if ((await radio.count()) > 0) return radio.first().click()
  await item.getByRole('combobox').click()
  await visitor.page.locator('.ant-select-dropdown:visible').getByText(spaced(option)).click()
}
