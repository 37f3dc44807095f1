/*
 * The C interface of licaudit's factor plugins.
 *
 * A factor plugin says, for one set of options, whether a field value matches: the same question that a regex answers,
 * for cases that a regex says badly. It is a shared object NAME.so in the folder `factors` of the plugin folder and
 * exports exactly one symbol, the table `licaudit_factor_plugin_v1`. A criterion uses it by name:
 *
 *     match: [ { line_uri: { plugin: number-range, ranges: ['+442079460000-0999'] } } ]
 *
 * What the host promises
 *   - It reads `abi` and `size` before anything else and refuses a plugin that was built for another number.
 *   - It calls `create` once per set of options that the factors name, and `destroy` once for each instance that
 * `create` gave. It never unloads the shared object, so code and static data live as long as the process.
 *   - No value is given twice in one call of `test`, and an answer may be remembered for ever and never asked for
 * again.
 *   - Values are UTF-8, may be empty, are not terminated by a zero byte, and are at most 256 bytes long.
 *
 * What the plugin promises
 *   - Purity: an answer depends on the options and the value alone; not on the time, a file, the network, the order or
 * the number of calls. What depends on such things belongs into a source, which puts it into a field.
 *   - Threads: every function may be called from any thread, also `test` of one instance from several threads at once.
 *   - Ownership: nothing that the host passes is kept after the call returns; copy it. The instance belongs to the
 * plugin and is opaque to the host. The table and the texts in it live as long as the process.
 *   - No C++ exception leaves a function, no function ends the process, changes the locale or touches signal handlers,
 *     and nothing is written to standard output.
 *
 * This header is C99 and needs nothing but the standard library. Fields are only ever added at the end of the table,
 * and then `abi` stays and `size` grows; anything else is a new symbol with a new number.
 */
#ifndef LICAUDIT_FACTOR_PLUGIN_H
#define LICAUDIT_FACTOR_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The number of the interface that this header describes; `abi` of the table. */
#define LICAUDIT_FACTOR_PLUGIN_ABI UINT32_C(1)

/* The symbol that the host looks up. */
#define LICAUDIT_FACTOR_PLUGIN_SYMBOL "licaudit_factor_plugin_v1"

/* Build with hidden visibility and mark the table with this. */
#if defined(__GNUC__)
#define LICAUDIT_FACTOR_PLUGIN_EXPORT __attribute__((visibility("default")))
#else
#define LICAUDIT_FACTOR_PLUGIN_EXPORT
#endif

/* Bytes of UTF-8, not terminated. */
struct licaudit_text {
  const char* bytes; /* never null */
  size_t length;
};

/* One byte per value. */
enum licaudit_verdict {
  LICAUDIT_VERDICT_NO = 0,
  LICAUDIT_VERDICT_YES = 1,
  /* The question could not be answered for this value: counted as no, and the factor is marked as failed. */
  LICAUDIT_VERDICT_FAILED = 2
};

struct licaudit_factor_plugin {
  uint32_t abi;  /* LICAUDIT_FACTOR_PLUGIN_ABI */
  uint32_t size; /* sizeof(struct licaudit_factor_plugin) when the plugin was built */

  const char* name;        /* as in the factors, and as the file without `.so` */
  const char* description; /* one sentence for a person */

  /*
   * An instance for one set of options, or null if something is wrong with them; then `error` holds one sentence that
   * names the option, what is wrong and what is expected, terminated, at most `error_size` bytes with the zero.
   * `options` is the map of the criterion without `plugin`, as a JSON object, e.g. {"ranges":["+442079460000-0999"]}.
   * Options that the plugin does not know are an error. `error` is never null and `error_size` at least 256.
   */
  void* (*create)(struct licaudit_text options, char* error, size_t error_size);

  /*
   * Writes verdicts[i], one of enum licaudit_verdict, for values[i], i < count. Any other byte counts as failed.
   */
  void (*test)(const void* instance, const struct licaudit_text* values, size_t count, uint8_t* verdicts);

  /* Frees an instance; never called with null, nor while a `test` of it runs. */
  void (*destroy)(void* instance);
};

/* Defined by the plugin. */
extern LICAUDIT_FACTOR_PLUGIN_EXPORT const struct licaudit_factor_plugin licaudit_factor_plugin_v1;

#ifdef __cplusplus
}
#endif

#endif
