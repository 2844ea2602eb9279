import { Button } from 'antd'
import { changeLanguage } from '../i18n/language.ts'
import { useT } from '../i18n/use-t.ts'

/** Names the other language in that language. */
export function LanguageSwitch() {
  const { language } = useT()
  const other = language === 'en' ? ({ id: 'zh-CN', name: '中文' } as const) : ({ id: 'en', name: 'English' } as const)
  return (
    <Button type="text" lang={other.id} onClick={() => void changeLanguage(other.id)}>
      {other.name}
    </Button>
  )
}
