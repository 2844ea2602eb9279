// Preloaded into the server by bootstrap.mjs: when the starting process is killed, the channel to it breaks, and the
// server stops as it would on Ctrl-C instead of running on with nobody to stop it.
if (process.channel !== undefined) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
