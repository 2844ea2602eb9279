import { operations, type FieldProfileView } from '@datong/contracts'
import { LockOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'

const STEP = 24

/** Profile of each field of the current version: filled, distinct, range, spread or most frequent values. */
export function FieldProfiles({ code }: { readonly code: string }) {
  const { t } = useT()
  const [words, setWords] = useState('')
  const [shown, setShown] = useState(STEP)
  const profile = useApi(operations.getProfile, { params: { code }, query: {} })
  return (
    <Panel title={t('quality.profile')} extra={<Input allowClear value={words} placeholder={t('quality.findField')} aria-label={t('quality.findField')} onChange={(event) => setWords(event.target.value)} />}>
      <Loaded of={profile}>
        {({ fields }) => {
          const found = fields.filter((field) => field.name.toLowerCase().includes(words.trim().toLowerCase()))
          return (
            <>
              <ul className="dt-profiles">{found.slice(0, shown).map((field) => <Profile key={field.name} field={field} />)}</ul>
              {found.length > shown && <Button onClick={() => setShown(shown + STEP)}>{t('quality.moreFields', { count: found.length - shown })}</Button>}
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}

function Profile({ field }: { readonly field: FieldProfileView }) {
  const { t } = useT()
  const format = useFormat()
  const range = field.type !== 'text' && field.min !== null && field.max !== null ? t('quality.range', { min: field.min, max: field.max }) : null
  const facts = [
    t(`common.fieldType.${field.type}`),
    t('quality.filled', { share: format.percent(field.rows === 0 ? 0 : field.filled / field.rows) }),
    ...(field.distinct === null ? [] : [t(field.distinctApproximate ? 'quality.distinctAbout' : 'quality.distinct', { count: field.distinct, figure: format.number(field.distinct) })]),
    ...(range ? [range] : []),
    ...(field.mean === null ? [] : [t('quality.mean', { mean: format.number(field.mean, 2) })]),
    ...(field.type === 'text' && field.minLength !== null && field.maxLength !== null ? [t('quality.length', { min: field.minLength, max: field.maxLength })] : []),
  ]
  return (
    <li className="dt-profile">
      <strong>{field.name}</strong>
      <div className="dt-secondary">{facts.join(' · ')}</div>
      {field.hidden
        ? <p className="dt-secondary dt-profile-hidden"><LockOutlined aria-hidden /> {t('quality.hidden')}</p>
        : field.histogram.length > 0 ? <Histogram bars={field.histogram} /> : <TopValues field={field} />}
    </li>
  )
}

function Histogram({ bars }: { readonly bars: FieldProfileView['histogram'] }) {
  const { t } = useT()
  const format = useFormat()
  const most = Math.max(...bars.map((bar) => bar.count), 1)
  const words = (bar: (typeof bars)[number]): string => t('quality.bar', { from: format.number(bar.from, 2), to: format.number(bar.to, 2), count: format.number(bar.count) })
  return (
    <figure className="dt-histogram">
      <div role="img" aria-label={bars.map(words).join('; ')}>
        {bars.map((bar) => <span key={bar.from} title={words(bar)}><span style={{ height: `${(bar.count / most) * 100}%` }} /></span>)}
      </div>
      <figcaption className="dt-secondary"><span>{format.number(bars[0]?.from ?? 0, 2)}</span><span>{format.number(bars.at(-1)?.to ?? 0, 2)}</span></figcaption>
    </figure>
  )
}

function TopValues({ field }: { readonly field: FieldProfileView }) {
  const { t } = useT()
  const format = useFormat()
  const top = field.top.length > 0 ? field.top.map(({ value, count }) => ({ text: value, count })) : field.patterns.map(({ pattern, count }) => ({ text: pattern, count }))
  const most = Math.max(...top.map((item) => item.count), 1)
  return (
    <ol className="dt-top" aria-label={t('quality.top')}>
      {top.slice(0, 5).map((item) => (
        <li key={item.text}>
          <span className="dt-top-bar" style={{ width: `${(item.count / most) * 100}%` }} aria-hidden />
          <span className="dt-top-text" title={item.text}>{item.text}</span>
          <span className="dt-num">{format.number(item.count)}</span>
        </li>
      ))}
    </ol>
  )
}
