import type { Entry } from '@datong/contracts'
import { Alert, Steps } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useCart } from '../../../shared/cart/use-cart.ts'
import { useName, useTitle } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { SharingChip } from '../../../shared/ui/chips.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { LikelyPaths } from './likely-path.tsx'
import { StepConfirm } from './step-confirm.tsx'
import { StepDelivery } from './step-delivery.tsx'
import { StepFields } from './step-fields.tsx'
import type { StepProps } from './step-props.ts'
import { StepPurpose } from './step-purpose.tsx'
import { SentResults, type Sent } from './sent-results.tsx'
import { usePurposeWords } from './use-purposes.ts'
import { nothingOf, type EntryWishes, type GrantLink, type Wishes } from './wishes.ts'
import './apply.css'

interface WizardProps {
  readonly entries: readonly Entry[]
  readonly link?: GrantLink
  /** What is filled in already (a grant that is renewed). */
  readonly begin?: Omit<Wishes, 'until'>
  /** Fields chosen before, by entry. */
  readonly chosen?: Readonly<Record<string, readonly string[]>>
  readonly onLeave?: () => void
  /** Entries whose application has been filed. */
  readonly onFiled?: (codes: readonly string[]) => void
}

const nothingYet: Omit<Wishes, 'until' | 'of'> = { purposeCode: null, purpose: '', use: '', legalBasis: '', delivery: 'api', appId: null, perSecond: null, perDay: null }

/** Apply for one or several entries in four steps; beside them, at all times, what would become of it. */
export function ApplyWizard({ entries, link, begin, chosen = {}, onLeave, onFiled }: WizardProps) {
  const { t } = useT()
  const name = useName()
  const titleOf = useTitle()
  const cart = useCart()
  const [step, setStep] = useState(0)
  const [sent, setSent] = useState<readonly Sent[] | null>(null)
  const [wishes, setWishes] = useState<Wishes>(() => ({
    ...nothingYet,
    until: dayjs().add(1, 'year').format('YYYY-MM-DD'),
    of: Object.fromEntries(entries.map(({ code }) => [code, { ...nothingOf, fields: chosen[code] ?? [] }])),
    ...begin,
  }))
  const words = usePurposeWords(wishes)
  const [first] = entries
  if (!first) return null

  const onChange = (change: Partial<Wishes>): void => setWishes((before) => ({ ...before, ...change }))
  const onEntryChange = (code: string, change: Partial<EntryWishes>): void => {
    setWishes((before) => ({ ...before, of: { ...before.of, [code]: { ...(before.of[code] ?? nothingOf), ...change } } }))
    const entry = entries.find((one) => one.code === code)
    if (change.fields && entry && cart.has(code)) cart.put({ code, title: entry.title, fields: change.fields })
  }
  const go = (to: number): void => {
    setStep(to)
    document.getElementById('main')?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }
  const props: StepProps = { entries, wishes, onChange, onEntryChange, onBack: () => (step === 0 ? onLeave?.() : go(step - 1)), onNext: () => go(step + 1) }
  const title = link ? t(`apply.title.${link.kind}`, { grant: link.grant.number }) : entries.length > 1 ? t('apply.titleMany', { count: entries.length }) : t('sharing.applyTitle', { entry: titleOf(first) })

  if (sent) return <SentResults sent={sent} onAgain={() => setSent(null)} />
  return (
    <>
      <PageHeader
        back={link ? { to: `/console/sharing/grants/${link.grant.id}`, text: link.grant.number } : entries.length > 1 ? { to: '/console/catalog', text: t('shell.nav.catalog') } : { to: `/console/catalog/${first.code}`, text: titleOf(first) }}
        title={title} {...(entries.length === 1 ? { chips: <SharingChip type={first.sharingType} />, facts: <span>{name(first.organisation)}</span> } : {})}
      />
      {entries.filter((entry) => entry.sharingType === 'conditional' && entry.sharingCondition).map((entry) => (
        <Alert key={entry.code} type="info" showIcon className="dt-apply-note" title={<><strong>{entries.length > 1 ? `${titleOf(entry)} · ${t('sharing.conditions')}` : t('sharing.conditions')}</strong>　<span className="dt-prewrap">{entry.sharingCondition}</span></>} />
      ))}
      <Panel>
        <Steps
          size="small" current={step} {...(step > 0 ? { onChange: (to: number) => to < step && go(to) } : {})}
          items={(['fields', 'purpose', 'delivery', 'confirm'] as const).map((key, index) => ({ title: t(`apply.step.${key}`), disabled: index > step }))}
        />
      </Panel>
      <div className="dt-columns">
        <div>
          {step === 0 && <StepFields {...props} leavable={onLeave !== undefined} />}
          {step === 1 && <StepPurpose {...props} />}
          {step === 2 && <StepDelivery {...props} />}
          {step === 3 && (
            <StepConfirm
              {...props} {...(link ? { link } : {})} words={words}
              onSent={(results) => { setSent(results); onFiled?.(results.flatMap(({ code, made }) => (made ? [code] : []))) }}
            />
          )}
        </div>
        <aside className="dt-apply-side"><LikelyPaths entries={entries} wishes={wishes} words={words} {...(link ? { link } : {})} /></aside>
      </div>
    </>
  )
}
