import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { useSiteName } from '../frame/use-site-name.ts'
import { LicenceName } from '../dataset/licence.tsx'
import { useBureau } from '../parts/use-organisations.ts'
import './about.css'

/** What is open and why, on which terms, how to check the evidence, whom to ask. */
export function AboutPage() {
  const { t } = useT()
  const { site } = useSiteName()
  const bureau = useBureau()
  const { hash } = useLocation()
  usePageTitle(t('portal.about.title'))
  useEffect(() => {
    if (hash !== '') document.getElementById(hash.slice(1))?.scrollIntoView()
  }, [hash])
  return (
    <div className="dtp-about">
      <h1 className="dtp-h1">{t('portal.about.title')}</h1>
      <p className="dtp-about-lead">{t('portal.about.lead', { site })}</p>
      <section id="open">
        <h2>{t('portal.about.open')}</h2>
        <dl>
          <dt>{t('common.opening.open')}</dt><dd>{t('portal.about.openText')}</dd>
          <dt>{t('common.opening.on-application')}</dt><dd>{t('portal.about.onApplicationText')}</dd>
          <dt>{t('common.opening.closed')}</dt><dd>{t('portal.about.closedText')}</dd>
        </dl>
      </section>
      <section id="application">
        <h2>{t('portal.about.application')}</h2>
        <ol>
          <li>{t('portal.about.application1')}</li>
          <li>{t('portal.about.application2')}</li>
          <li>{t('portal.about.application3')}</li>
        </ol>
      </section>
      <section id="licence">
        <h2>{t('portal.about.licence')}</h2>
        <p>{t('portal.about.licenceText')}</p>
        <p><LicenceName licence="CC-BY-4.0" /></p>
      </section>
      <section id="stars">
        <h2>{t('portal.about.stars')}</h2>
        <p>{t('portal.about.starsText')}</p>
      </section>
      <section id="verify">
        <h2>{t('portal.about.verify')}</h2>
        <p>{t('portal.about.verifyText')}</p>
        <pre tabIndex={0}><code>{`npx datong verify receipt.json\nnpx datong verify ${location.origin}/log`}</code></pre>
        <p><a href="/log/checkpoint">{t('portal.about.checkpoint')}</a></p>
      </section>
      <section id="interfaces">
        <h2>{t('portal.about.interfaces')}</h2>
        <p>{t('portal.about.interfacesText')}</p>
        <pre tabIndex={0}><code>{`${location.origin}/api/3/action/package_search?q=…\n${location.origin}/api/3/action/datastore_search_sql?sql=…\n${location.origin}/mcp`}</code></pre>
        <p><a href="/docs/api">{t('portal.about.reference')}</a></p>
      </section>
      <section id="contact">
        <h2>{t('portal.about.contact')}</h2>
        <p>{bureau ? t('portal.about.contactText', { bureau }) : t('portal.about.contactUnknown')}</p>
      </section>
    </div>
  )
}
