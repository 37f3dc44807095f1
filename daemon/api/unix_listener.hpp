#pragma once

#include "model/result.hpp"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace licaudit::api {

/// Where the socket stands and who may open it.
struct socket_place {
  std::filesystem::path path;
  std::uint32_t mode = 0660;
  std::optional<std::uint32_t> gid{};
};

/// The listening socket of the API: made by us, or handed over by systemd. Ours is removed at the end, if the path is
/// still ours; an inherited one belongs to its .socket unit and stays.
class unix_listener {
 public:
  /// Takes the socket that systemd handed over, if it did (errc::refused if that one listens elsewhere), else makes
  /// one: lock file `PATH.lock`, then the path: errc::conflict if somebody listens there, errc::refused if something
  /// else than a socket lies there, a stale socket is replaced. The socket never has a wider mode than asked, and
  /// listens last.
  [[nodiscard]] static result<unix_listener> open(const socket_place& place);

  unix_listener(unix_listener&& other) noexcept;
  unix_listener& operator=(unix_listener&& other) noexcept;
  ~unix_listener();

  /// The descriptor, close-on-exec and listening; the caller closes it. Once.
  [[nodiscard]] int release();
  [[nodiscard]] bool is_inherited() const { return inherited_; }

  /// Removes the socket file, if it is ours. The destructor does it too.
  void remove();

 private:
  unix_listener() = default;
  [[nodiscard]] std::optional<failure> lock();
  [[nodiscard]] std::optional<failure> clear_path() const;
  [[nodiscard]] std::optional<failure> bind_and_listen(const socket_place& place);
  [[nodiscard]] bool is_still_ours() const;

  std::filesystem::path path_;
  int descriptor_ = -1;
  int lock_ = -1;
  bool inherited_ = false;
  bool made_ = false;  ///< device_ and inode_ name the file that we made
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace licaudit::api
