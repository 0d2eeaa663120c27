// Starts the twin, the shim in front of it and the control interface, all on loopback, and prints their addresses on standard output.
// Ends when its standard input does, so that it never outlives the test that started it.

import http from 'node:http'
import { ChannelType } from 'discord-api-types/v10'
import { DigitalDiscord } from 'discord-digital-twin'
import { controlServer } from './control.mjs'
import { shimServer } from './shim.mjs'

const LOOPBACK = '127.0.0.1'

// The twin listens on all addresses and cannot be configured otherwise.
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function onLoopback(port, ...rest) {
  const [first, ...others] = rest
  return first === LOOPBACK ? listen.call(this, port, first, ...others) : listen.call(this, port, LOOPBACK, ...rest)
}

function opened(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, () => resolve(server.address().port))
  })
}

const twin = new DigitalDiscord({
  botUser: { username: 'relay' },
  botToken: 'token-of-the-twin',
  users: [{ username: 'ada' }],
  channels: [{ name: 'town', type: ChannelType.GuildText }],
})
await twin.start()
const shim = shimServer(twin)
const shimPort = await opened(shim)
const controlPort = await opened(controlServer(twin))
const town = await twin.prisma.channel.findFirstOrThrow({ where: { name: 'town' } })

console.log(
  JSON.stringify({
    api: `http://${LOOPBACK}:${shimPort}/api/v10`,
    gateway: `ws://${LOOPBACK}:${shimPort}/gateway`,
    control: `http://${LOOPBACK}:${controlPort}`,
    token: twin.botToken,
    bot: twin.botUserId,
    guild: twin.guildId,
    town: town.id,
    ada: await twin.getFirstNonBotUserId(),
  }),
)

process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
