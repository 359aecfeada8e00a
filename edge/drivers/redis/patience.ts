import type { Command, Redis, RedisOptions } from 'ioredis';

/** Milliseconds. A command that takes longer has failed. */
const COMMAND_TIMEOUT = 1_000;
/** A connection that says nothing for longer, although it was asked, is cut and made anew. */
const SILENCE_TIMEOUT = 1_500;

/**
 * A client whose patience has an end. The client's own timers count the time in which this process computed, too: they
 * come due before what has come meanwhile is read, and this edge would take a lock that another holds.
 */
export function createPatientRedis(Client: typeof Redis, options: Omit<RedisOptions, 'replyMapping'>): Redis {
  class PatientRedis extends Client {
    override sendCommand(command: Command, ...rest: [stream?: Parameters<Redis['sendCommand']>[1]]): unknown {
      const sent = super.sendCommand(command, ...rest);
      const { stream } = this;
      const before = stream?.bytesRead;
      const cancel = afterReading(COMMAND_TIMEOUT, () => {
        command.reject(new Error(`No answer within ${COMMAND_TIMEOUT} ms`));
        afterReading(SILENCE_TIMEOUT - COMMAND_TIMEOUT, () => {
          if (stream?.bytesRead === before) stream?.destroy(new Error(`Nothing was heard for ${SILENCE_TIMEOUT} ms`));
        });
      });
      command.promise.then(cancel, cancel);
      return sent;
    }
  }
  return new PatientRedis(options);
}

/** A timer that comes due once what lay at the sockets was read. Returns its end. */
function afterReading(milliseconds: number, work: () => void): () => void {
  let turn: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    turn = setImmediate(work);
  }, milliseconds);
  return () => {
    clearTimeout(timer);
    if (turn !== undefined) clearImmediate(turn);
  };
}
