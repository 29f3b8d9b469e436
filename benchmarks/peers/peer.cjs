// One of npm's mjml and juice on one source, warm: a number of calls a line in, CPU milliseconds a call out.
const [, , name, folder, file] = process.argv
const { readFileSync } = require('node:fs')
const { createInterface } = require('node:readline')
const source = readFileSync(file, 'utf8')

function peer(name) {
  const found = require(require.resolve(name, { paths: [folder] }))
  const call = found.default || found
  return name === 'mjml' ? async () => (await call(source)).html : async () => call(source)
}

async function main() {
  const work = peer(name)
  for (let warm = 0; warm < 3; warm++) await work()
  console.log(JSON.stringify({ length: (await work()).length }))
  for await (const line of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage()
    for (let call = 0; call < Number(line); call++) await work()
    const { user, system } = process.cpuUsage(before)
    console.log(JSON.stringify({ ms: (user + system) / 1000 / Number(line) }))
  }
}

main()
