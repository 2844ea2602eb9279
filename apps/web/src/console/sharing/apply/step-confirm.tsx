import { operations, type Application, type Entry } from '@datong/contracts'
import { Alert, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useAction } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { FieldTable } from '../../../shared/ui/field-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import type { Sent } from './sent-results.tsx'
import { useAdvice } from './use-advice.ts'
import { bodyOf, nothingOf, purposeText, type ApplyBody, type GrantLink, type Wishes } from './wishes.ts'
import type { StepProps } from './step-props.ts'

interface StepConfirmProps extends StepProps {
  readonly link?: GrantLink
  readonly words: { readonly name: string | undefined; readonly coarser: string }
  readonly onSent: (results: readonly Sent[]) => void
}

/** Last step: everything once more, the promise, and sending; one application an entry. */
export function StepConfirm({ entries, wishes, link, words, onBack, onSent }: StepConfirmProps) {
  const { t } = useT()
  const format = useFormat()
  const apply = useAction(operations.apply)
  const [promised, setPromised] = useState(false)
  const [busy, setBusy] = useState(false)

  const send = async (): Promise<void> => {
    setBusy(true)
    const results: Sent[] = []
    for (const entry of entries) {
      const body = { ...bodyOf(entry, wishes, words, link), commitment: true } as ApplyBody // the steps before saw to purpose, use and time
      const result = await apply.mutateAsync({ body }).then((made: Application) => ({ made }), (error: unknown) => ({ error }))
      results.push({ code: entry.code, title: entry.title, ...result })
    }
    setBusy(false)
    onSent(results)
  }

  const [first] = entries
  const common = first && purposeText({ ...wishes, of: {} }, first.code, words)
  return (
    <>
      <Panel title={t('sharing.whatFor')}>
        <dl className="dt-def">
          {words.name && <><dt>{t('apply.purposeCatalogue')}</dt><dd>{words.name}</dd></>}
          <dt>{t('sharing.form.purpose')}</dt><dd className="dt-prewrap">{common}</dd>
          <dt>{t('sharing.form.use')}</dt><dd>{wishes.use}</dd>
          <dt>{t('sharing.form.legalBasis')}</dt><dd className="dt-prewrap">{wishes.legalBasis || '–'}</dd>
          <dt>{t('sharing.form.delivery')}</dt><dd>{t(`sharing.delivery.${wishes.delivery}`)}</dd>
          <dt>{t('sharing.form.until')}</dt><dd>{wishes.until}</dd>
          <dt>{t('apply.quota')}</dt><dd>{wishes.perSecond && wishes.perDay ? t('sharing.quotaWords', { second: format.number(wishes.perSecond), day: format.number(wishes.perDay) }) : t('apply.quotaOpen')}</dd>
        </dl>
      </Panel>
      {entries.map((entry) => <AskedFields key={entry.code} entry={entry} many={entries.length > 1} wishes={wishes} />)}
      <Panel title={t('apply.commitment')}>
        <Checkbox checked={promised} onChange={(event) => setPromised(event.target.checked)}>{t('apply.commitmentText')}</Checkbox>
      </Panel>
      <div className="dt-page-actions dt-apply-foot">
        <Button onClick={onBack} disabled={busy}>{t('sharing.back')}</Button>
        <Button type="primary" disabled={!promised} loading={busy} onClick={() => void send()}>{entries.length > 1 ? t('apply.sendMany', { count: entries.length }) : t('sharing.send')}</Button>
      </div>
    </>
  )
}

function AskedFields({ entry, many, wishes }: { readonly entry: Entry; readonly many: boolean; readonly wishes: Wishes }) {
  const { t } = useT()
  const advice = useAdvice(entry, wishes)
  const { fields, filter, coarser, version } = wishes.of[entry.code] ?? nothingOf
  const asked = entry.fields.filter(({ name }) => fields.includes(name))
  const beyond = advice?.needKnown ? advice.fields.filter((field) => field.need === 'unusual') : []
  return (
    <Panel title={many ? `${entry.title} · ${t('sharing.askedFields', { count: asked.length })}` : t('sharing.askedFields', { count: asked.length })} flush>
      {beyond.length > 0 && <Alert type="warning" showIcon title={<><strong>{t('apply.beyondNeed', { count: beyond.length, fields: beyond.map(({ name }) => name).join(t('shell.and')) })}</strong>　{t('apply.beyondNeedHint')}</>} />}
      {filter.length > 0 && <p className="dt-apply-hint"><span className="dt-secondary">{t('sharing.form.filter')}：</span>{filter.map((item) => `${item.field} ${t.maybe('common.op.', item.op)} ${item.value}`).join(t('shell.and'))}</p>}
      {version !== undefined && <p className="dt-apply-hint"><span className="dt-secondary">{t('apply.version')}：</span>{t('sharing.versionFixed', { version })}</p>}
      <FieldTable
        fields={asked}
        extra={Object.keys(coarser).length === 0 ? [] : [{ key: 'form', title: t('apply.wantedForm'), render: ({ name }) => coarser[name] ?? t('apply.value') }]}
      />
    </Panel>
  )
}
