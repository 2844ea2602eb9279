import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest'
import { aVisitor, openBrowser, type Visitor } from './src/visitor.ts'

/** What the bureau of human resources knows of everybody who is insured: a personal table that others mostly want to count. */
const ENTRY = '101005-000005'
const FIELDS = ['缴费状态', '联系电话']

let browser: Browser
let provider: Visitor
let consumer: Visitor

beforeAll(async () => {
  browser = await openBrowser()
  provider = await aVisitor(browser, { as: 'provider2' })
  consumer = await aVisitor(browser, { as: 'consumer' })
})
afterAll(() => browser.close())

beforeEach(() => {
  onTestFailed(async ({ task }) => {
    const folder = join(import.meta.dirname, 'screenshots', 'failed')
    mkdirSync(folder, { recursive: true })
    for (const [name, { page }] of Object.entries({ provider, consumer })) await page.screenshot({ path: join(folder, `${task.name.slice(0, 40)} - ${name}.png`) })
  })
})

let application = ''

it('an officer applies for statistics in the place of rows', async () => {
  await consumer.go(`/console/sharing/apply/${ENTRY}`)
  for (const field of FIELDS) await consumer.page.getByRole('row', { name: new RegExp(field) }).first().getByRole('checkbox').check()
  await consumer.page.getByRole('button', { name: /下一步/ }).click()
  await consumer.page.getByLabel('具体办什么事').fill('统计各缴费状态的人次，测算征缴压力')
  await consumer.page.getByLabel('使用系统或事项').fill('年度统计')
  await consumer.press('下一步')
  await consumer.page.getByRole('radio', { name: '统计结果' }).check()
  await consumer.press('下一步')
  await consumer.page.getByRole('checkbox', { name: /我部门承诺/ }).check()
  await consumer.press('提交申请')
  await consumer.page.getByText('审核中').first().waitFor()
  await consumer.page.getByRole('link', { name: '社会保险参保信息' }).click()
  await consumer.page.getByText('统计结果').first().waitFor()
  application = new URL(consumer.page.url()).pathname
})

it('the provider sees that counts are asked for, and consents', async () => {
  await provider.go(application)
  await provider.page.getByText('统计结果').first().waitFor()
  await provider.press('同意')
  await provider.button('同意', provider.page.getByRole('dialog').last()).click()
  await provider.page.getByText('已同意').first().waitFor()
})

it('the officer counts by a field, and is told why a telephone number is not counted by', async () => {
  const { page } = consumer
  await consumer.go(application)
  await page.getByRole('link', { name: '试用与接入' }).click()
  await page.getByRole('heading', { name: '按字段统计' }).waitFor()
  // The grant gives nothing but counts, so there is no page of rows to go to.
  expect(await page.getByRole('link', { name: '行数据' }).count()).toBe(0)
  const count = async (field: string): Promise<void> => {
    await page.getByRole('combobox').first().click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: field }).click()
    await page.keyboard.press('Escape')
    await page.locator('.dt-work-form').getByRole('button', { name: /统\s*计$/ }).click()
  }
  await count('缴费状态')
  await page.getByText(/约 [\d,]+ 条/).first().waitFor()
  const rows = page.getByRole('table').getByRole('row')
  const counts = (await rows.locator('td:last-child').allTextContents()).map((text) => Number(text.replaceAll(',', '')))
  expect(counts.length).toBeGreaterThan(1)
  expect(counts.filter((figure) => !(figure >= 10) || figure % 5 !== 0)).toEqual([])
  await count('联系电话')
  await page.getByText(/指向|一个人|个人/).first().waitFor()
})

it('the entry offers no preview of rows to who may only count them', async () => {
  await consumer.go(`/console/catalog/${ENTRY}`)
  await consumer.page.getByRole('tab', { name: '版本' }).waitFor()
  expect(await consumer.page.getByRole('tab', { name: '预览' }).count()).toBe(0)
})

it('nobody met an error in the pages on the way', () => {
  const unexpected = [provider, consumer].flatMap(({ complaints }) => complaints).filter((line) => !line.includes('status of 422'))
  expect(unexpected).toEqual([])
})
