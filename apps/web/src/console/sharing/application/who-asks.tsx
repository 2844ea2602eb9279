import { operations, type Application } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** Who asks, what for, on what ground, in which form and how long. */
export function WhoAsks({ application }: { readonly application: Application }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const purposes = useApi(operations.listPurposes, { query: {} }, { enabled: can(operations.listPurposes) && Boolean(application.purposeCode) })
  const purpose = purposes.data?.items.find(({ code }) => code === application.purposeCode)
  const { quota, link, filter, filterBehindMask, consumerCredit } = application
  return (
    <Panel title={t('sharing.whoAndWhatFor')}>
      <dl className="dt-def">
        <dt>{t('sharing.form.consumer')}</dt>
        <dd>
          <strong>{name(application.consumer)}</strong> · {t('sharing.applicant', { name: application.applicant })}
          {consumerCredit !== null && <> · {t('sharing.creditScore', { score: format.number(consumerCredit, 1) })}</>}
        </dd>
        <dt>{t('sharing.form.purpose')}</dt><dd className="dt-prewrap">{purpose && <><strong>{name(purpose)}</strong> · </>}{application.purpose}</dd>
        <dt>{t('sharing.form.use')}</dt><dd className="dt-prewrap">{application.use}</dd>
        <dt>{t('sharing.form.legalBasis')}</dt><dd className="dt-prewrap">{application.legalBasis || '–'}</dd>
        <dt>{t('sharing.form.delivery')}</dt>
        <dd>{t(`sharing.delivery.${application.delivery}`)} · {t('sharing.untilDate', { date: application.until })}{quota && <> · {t('sharing.quotaWords', { second: format.number(quota.perSecond), day: format.number(quota.perDay) })}</>}</dd>
        <dt>{t('sharing.form.filter')}</dt>
        <dd>
          {filter.length > 0 ? filter.map((item) => `${item.field} ${t(`common.op.${item.op}`)} ${String(item.value)}`).join(t('shell.and')) : t('sharing.allRows')}
          {filterBehindMask.length > 0 && <div><Chip tone="gamboge">{t('sharing.behindMask', { fields: filterBehindMask.join(t('shell.and')) })}</Chip></div>}
        </dd>
        <dt>{t('sharing.form.version')}</dt><dd>{application.versionRule.kind === 'fixed' ? t('sharing.versionFixed', { version: application.versionRule.version }) : t('sharing.versionCurrent')}</dd>
        <dt>{t('sharing.form.entry')}</dt><dd><Link to={`/console/catalog/${application.entryCode}`}>{application.entryTitle}</Link> · {name(application.provider)}</dd>
        {link && <><dt>{t(`sharing.link.${link.kind}`)}</dt><dd><Link to={`/console/sharing/grants/${link.grantId}`}>{link.grantNumber}</Link></dd></>}
        <dt>{t('sharing.commitment')}</dt><dd><span className="dt-prewrap">{application.commitment.text}</span> <span className="dt-secondary">{t(application.commitment.explicit ? 'sharing.commitmentExplicit' : 'sharing.commitmentImplied')}</span></dd>
      </dl>
    </Panel>
  )
}
