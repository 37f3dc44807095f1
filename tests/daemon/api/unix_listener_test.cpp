#include "daemon/api/unix_listener.hpp"

#include "daemon/api/inherited_socket.hpp"
#include "running_server.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace licaudit::api {
namespace {

using testing::HasSubstr;

int connect_to(const std::filesystem::path& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  const int outcome = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::close(fd);
  return outcome;
}

/// A listening socket of somebody else's.
int listen_at(const std::filesystem::path& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::listen(fd, 5), 0);
  return fd;
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat there {};
  return ::lstat(path.c_str(), &there) == 0 ? there.st_mode & 07777 : 0;
}

class unix_listener_test : public testing::Test {
 protected:
  result<unix_listener> open() { return unix_listener::open({path, 0660, {}}); }
  std::string why() {
    const auto opened = open();
    return opened ? "it was opened" : opened.error().detail;
  }

  private_folder folder;
  std::filesystem::path path = folder / "l.sock";
};

TEST_F(unix_listener_test, makes_a_socket_with_the_mode_that_is_asked) {
  const mode_t before = ::umask(0);
  {
    const auto made = open();
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_FALSE(made->is_inherited());
    EXPECT_EQ(mode_of(path), 0660U);
    EXPECT_EQ(connect_to(path), 0);
  }
  EXPECT_EQ(::umask(before), 0U) << "the umask of the process must be as it was";
}

TEST_F(unix_listener_test, gives_it_to_the_group) {
  const auto made = unix_listener::open({path, 0600, ::getgid()});
  ASSERT_TRUE(made) << made.error().detail;
  struct stat there {};
  ASSERT_EQ(::lstat(path.c_str(), &there), 0);
  EXPECT_EQ(there.st_gid, ::getgid());
  EXPECT_EQ(mode_of(path), 0600U);
}

TEST_F(unix_listener_test, removes_it_at_the_end_and_leaves_the_lock_file) {
  { ASSERT_TRUE(open()); }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_TRUE(std::filesystem::exists(path.string() + ".lock"));
  EXPECT_TRUE(open()) << "it can be opened again";
}

TEST_F(unix_listener_test, replaces_a_stale_socket) {
  ::close(listen_at(path));
  ASSERT_TRUE(std::filesystem::exists(path));
  const auto made = open();
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(connect_to(path), 0);
}

TEST_F(unix_listener_test, leaves_a_regular_file_alone) {
  std::ofstream(path) << "precious";
  EXPECT_THAT(why(), HasSubstr("no socket lies there and is left alone"));
  EXPECT_THAT(why(), HasSubstr(path.string()));
  EXPECT_EQ(open().error().code, errc::refused);
  std::string text;
  std::ifstream(path) >> text;
  EXPECT_EQ(text, "precious");
}

TEST_F(unix_listener_test, leaves_folders_and_links_alone) {
  std::filesystem::create_directory(path);
  EXPECT_THAT(why(), HasSubstr("left alone"));
  std::filesystem::remove(path);
  std::filesystem::create_symlink(folder / "elsewhere", path);
  EXPECT_THAT(why(), HasSubstr("left alone"));
}

TEST_F(unix_listener_test, refuses_a_second_one) {
  const auto first = open();
  ASSERT_TRUE(first);
  const auto second = open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, errc::conflict);
  EXPECT_THAT(second.error().detail, HasSubstr("another licauditd is listening"));
  EXPECT_EQ(connect_to(path), 0) << "the first one still listens";
}

TEST_F(unix_listener_test, refuses_where_somebody_listens_who_holds_no_lock) {
  const int other = listen_at(path);
  EXPECT_THAT(why(), HasSubstr("another licauditd is listening"));
  EXPECT_EQ(open().error().code, errc::conflict);
  EXPECT_EQ(connect_to(path), 0);
  ::close(other);
}

TEST_F(unix_listener_test, says_what_is_wrong_with_the_place) {
  path = folder / "no" / "such" / "l.sock";
  EXPECT_THAT(why(), HasSubstr("No such file or directory"));
  path = folder / std::string(120, 'x').c_str();
  EXPECT_THAT(why(), HasSubstr("107 bytes"));
}

TEST_F(unix_listener_test, does_not_remove_what_is_no_longer_its_own) {
  auto made = open();
  ASSERT_TRUE(made);
  std::filesystem::remove(path);
  std::ofstream(path) << "somebody else's";
  made->remove();
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(unix_listener_test, hands_its_descriptor_over_once) {
  auto made = open();
  ASSERT_TRUE(made);
  const int fd = made->release();
  EXPECT_GE(fd, 0);
  EXPECT_EQ(made->release(), -1);
  EXPECT_NE(::fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
  ::close(fd);
}

TEST_F(unix_listener_test, moves) {
  auto made = open();
  ASSERT_TRUE(made);
  {
    unix_listener moved = std::move(*made);
    EXPECT_EQ(connect_to(path), 0);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

/// Runs in a child, since systemd's sockets are descriptors 3 and up of a whole process.
int in_child(const std::function<int()>& what) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(what());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void pretend_activation(int listening) {
  ::dup2(listening, 3);
  ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
  ::setenv("LISTEN_FDS", "1", 1);
}

TEST_F(unix_listener_test, takes_the_socket_that_systemd_hands_over_and_never_removes_it) {
  const int listening = listen_at(path);
  EXPECT_EQ(in_child([&] {
              pretend_activation(listening);
              {
                auto made = unix_listener::open({path, 0660, {}});
                if (!made || !made->is_inherited()) return 1;
                if (made->release() != 3) return 2;
                if (::getenv("LISTEN_FDS") != nullptr) return 3;
              }
              return std::filesystem::exists(path) ? 0 : 4;
            }),
            0);
  ::close(listening);
}

TEST_F(unix_listener_test, refuses_a_socket_from_systemd_that_listens_elsewhere) {
  const std::filesystem::path elsewhere = folder / "elsewhere.sock";
  const int listening = listen_at(elsewhere);
  EXPECT_EQ(in_child([&] {
              pretend_activation(listening);
              const auto made = unix_listener::open({path, 0660, {}});
              if (made || made.error().code != errc::refused) return 1;
              const std::string& detail = made.error().detail;
              if (detail.find("ListenStream") == std::string::npos) return 2;
              if (detail.find(path.string()) == std::string::npos) return 3;
              return std::filesystem::exists(elsewhere) ? 0 : 4;
            }),
            0);
  ::close(listening);
}

TEST_F(unix_listener_test, inherits_nothing_without_systemd) {
  const auto none = inherited_socket(path);
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->has_value());
}

}  // namespace
}  // namespace licaudit::api
