import { THEMES } from '@datong/contracts'
import { Link } from 'react-router'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { THEME_ICONS } from '../parts/theme-icons.tsx'

interface ThemeGridProps {
  readonly counts: readonly { readonly value: string; readonly count: number }[]
}

/** Themes that have data, the fullest first; those that are still empty stay away. */
export function ThemeGrid({ counts }: ThemeGridProps) {
  const { t } = useT()
  const format = useFormat()
  const themes = counts.flatMap(({ value, count }) => THEMES.filter((theme) => theme === value && count > 0).map((theme) => ({ theme, count })))
  return (
    <ul className="dtp-themes">
      {themes.map(({ theme, count }) => {
        const Icon = THEME_ICONS[theme]
        return (
          <li key={theme}>
            <Link to={`/datasets?theme=${theme}`}>
              <Icon aria-hidden />
              <span className="dtp-theme-name">{t(`common.theme.${theme}`)}</span>
              <span className="dtp-theme-count">
                {format.number(count)}<span className="dt-visually-hidden"> {t('portal.sets', { count })}</span>
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
