import { operations, urlOf, type BodyOf, type ResponseOf } from '@datong/contracts'
import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import { Button, Input, Switch } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { AnswerLine } from '../access/answer-line.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useSending } from '../access/send.ts'
import { Samples } from '../workbench/samples.tsx'
import { useGrant } from '../workbench/workbench-page.tsx'

type Verdict = ResponseOf<typeof operations.verify>

/** Whether values are right: fill in what somebody claims, and learn match or no match. */
export function VerifyPage() {
  const { t } = useT()
  const { code } = useDeliveryAccess()
  const { fields } = useGrant()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [perField, setPerField] = useState(false)
  const { busy, answer, error, send } = useSending()
  const claims: BodyOf<typeof operations.verify> = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
  const none = Object.keys(claims).length === 0
  return (
    <>
      <Panel title={t('workbench.verify.title')}>
        <p className="dt-secondary dt-lead">{t('workbench.verify.hint')}</p>
        <form
          className="dt-work-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (!none) void send({ method: 'POST', url: urlOf(operations.verify, { code }, perField ? { per: 'field' } : {}), body: claims })
          }}
        >
          <div className="dt-verify-fields">
            {fields.map(({ name, description }) => (
              <label key={name}>
                <span>{name}</span>
                <Input value={values[name] ?? ''} maxLength={500} autoComplete="off" placeholder={description === name ? '' : description} onChange={(event) => setValues({ ...values, [name]: event.target.value })} />
              </label>
            ))}
          </div>
          <div className="dt-work-send">
            <Button type="primary" htmlType="submit" loading={busy} disabled={none}>{t('workbench.verify.ask')}</Button>
            <Button disabled={none} onClick={() => setValues({})}>{t('workbench.verify.clear')}</Button>
            <label className="dt-verify-per"><Switch size="small" checked={perField} onChange={setPerField} /> {t('workbench.verify.perField')}</label>
          </div>
        </form>
        <div role="status">
          {error !== undefined && <div className="dt-work-answer"><ErrorState error={error} /></div>}
          {answer && (
            <>
              <VerdictView verdict={answer.json as Verdict /* the answer of verify */} />
              <div className="dt-work-answer"><AnswerLine answer={answer} /></div>
            </>
          )}
        </div>
      </Panel>
      <Samples purpose="verify" />
    </>
  )
}

function VerdictView({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useT()
  const mark = (match: boolean, words: string) => <span className={match ? 'dt-work-match' : 'dt-work-miss'}>{match ? <CheckCircleOutlined aria-hidden /> : <CloseCircleOutlined aria-hidden />} {words}</span>
  return (
    <div className="dt-work-verdict">
      <strong>{mark(verdict.match, t(verdict.match ? 'workbench.verify.match' : 'workbench.verify.noMatch'))}</strong>
      {verdict.fields
        ? Object.entries(verdict.fields).map(([name, match]) => <span key={name}>{mark(match, `${name} ${t(match ? 'workbench.verify.right' : 'workbench.verify.wrong')}`)}</span>)
        : <span className="dt-secondary">{t('workbench.verify.onlyThis')}</span>}
    </div>
  )
}
