"""Who owes what: roles in a task, directly or through a group."""

from collections.abc import Iterator

from foodsafety_cli.model.plan import Department, Plan, Role, Task
from foodsafety_cli.model.valuetype import ValueType


class Duty(ValueType):
    """A department's role in a task; `via` names the group it is owed through."""

    department: str
    role: Role
    via: str | None = None

    def __str__(self) -> str:
        return f"{self.role}（{self.via}）" if self.via else str(self.role)


class Duties:
    """The departments of a plan and how its brackets bind them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._groups = {d.name: d.members for d in plan.departments if d.members}

    def groups_of(self, name: str) -> tuple[str, ...]:
        """The groups that `name` is a member of."""
        return tuple(group for group, members in self._groups.items() if name in members)

    def is_group(self, name: str) -> bool:
        """Whether `name` stands for members (a group without members is one department)."""
        return name in self._groups

    def is_unnamed(self, name: str) -> bool:
        """Whether `name` stands for departments that nobody listed: 相关部门, without members."""
        return name not in self._groups and name.endswith(("相关部门", "有关部门", "有关单位"))

    def members(self, name: str) -> tuple[str, ...]:
        """The departments that `name` stands for: its members, or itself."""
        return self._groups.get(name, (name,))

    def in_task(self, task: Task) -> Iterator[Duty]:
        """Every department's duties in a task: the named ones, then what members owe."""
        for name, role in task.named():
            yield Duty(name, role)
        for name, role in task.named():
            for member in self._groups.get(name, ()):
                yield Duty(member, role, name)

    def of(self, department: str, task: Task, *, direct: bool = False) -> tuple[Duty, ...]:
        """What one department owes in a task; what it owes itself goes before a group's share."""
        own = tuple(Duty(name, role) for name, role in task.named() if name == department)
        if own or direct:
            return own
        shared = ((name, role) for name, role in task.named() if department in self.members(name))
        return tuple(Duty(department, role, group) for group, role in shared)

    def accountable(self, task: Task) -> tuple[str, ...]:
        """The departments that answer for a task: who leads or is responsible, groups by member.

        Supporters answer only where nobody else is named.
        """
        named = list(task.named())
        accountable = [name for name, role in named if role is not Role.SUPPORT]
        names = accountable or [name for name, _ in named]
        return tuple(
            dict.fromkeys(department for name in names for department in self.members(name))
        )

    def departments(self) -> tuple[Department, ...]:
        """All departments, as the plan lists them."""
        return self._plan.departments
