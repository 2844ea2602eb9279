import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server answers these; in development Vite hands them on, to another server where `DATONG_URL` says so. */
const target = process.env['DATONG_URL'] ?? 'http://127.0.0.1:8080'
const backend = Object.fromEntries(
  ['/api', '/data', '/log', '/docs', '/healthz'].map((path) => [path, { target }]),
)

/** Libraries that change seldom get chunks of their own, so that a new release of ours leaves them in the cache. */
const libraries = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/, priority: 3 },
  { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 3 },
  { name: 'words', test: /node_modules[\\/](i18next|react-i18next|dayjs)[\\/]/, priority: 3 },
]

export default defineConfig({
  plugins: [react()],
  server: { port: 5173, proxy: backend },
  preview: { proxy: backend },
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups: libraries } } },
  },
})
