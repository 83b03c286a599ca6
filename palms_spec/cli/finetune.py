"""`palms finetune`: have a provider train on compiled files."""

from __future__ import annotations

from typing import Annotated

import typer

from palms_spec.cli.finetune_options import (
    Again,
    AllEvents,
    BaseUrl,
    Color,
    Folder,
    Form,
    JobName,
    KeyVariable,
    Model,
    NoValidation,
    Out,
    Price,
    ProviderName,
    Sets,
    Today,
    Unverified,
    WatchForm,
)

COMMANDS = ("upload", "start", "watch", "list", "cancel", "result")
MOST_JOBS = 20


def finetune(context: typer.Context) -> None:
    """Have a provider, or this machine, train a model on what palms compile wrote.

    Keys are read from the environment only: OPENAI_API_KEY, AZURE_OPENAI_API_KEY, TOGETHER_API_KEY, FIREWORKS_API_KEY
    with FIREWORKS_ACCOUNT_ID. What was sent and started is kept in `.palms/finetune.json`, so that a command that was
    cut off goes on where it stood when it is called again, and does nothing twice.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def upload(
    folder: Folder,
    provider: ProviderName = None,
    base_url: BaseUrl = None,
    key_variable: KeyVariable = None,
    unverified: Unverified = False,
    output_format: Form = "text",
    color: Color = "auto",
) -> None:
    """Send the files to a provider.

    `start` does it as well. Before anything is sent the files are compared with their manifest and their sources, and
    read back line by line. A file that the provider has already, by its hash, is not sent again. The test split is
    never sent.
    """
    from palms_spec.cli import finetune_running as running
    from palms_spec.render.finetune import uploaded_value, value_text, write_uploaded
    from palms_spec.workflows import finetune as workflow

    connection = running.connection_for(folder, provider, base_url, key_variable)
    prepared = running.prepared(folder, connection, unverified=unverified)
    at = running.connected(connection)
    files = [*workflow.upload(prepared, at, running.root(), running.progress()).values()]
    if output_format == "json":
        typer.echo(value_text("upload", provider=at.name, place=at.place, files=[*map(uploaded_value, files)]))
    else:
        write_uploaded(files, at.name, running.output(color))


def start(
    folder: Folder,
    model: Model = None,
    provider: ProviderName = None,
    base_url: BaseUrl = None,
    key_variable: KeyVariable = None,
    epochs: Annotated[int | None, typer.Option(metavar="N", help="How often each row is seen.")] = None,
    batch_size: Annotated[int | None, typer.Option(metavar="N", help="Rows of one step.")] = None,
    learning_rate: Annotated[float | None, typer.Option(metavar="X", help="The highest learning rate.")] = None,
    lora_rank: Annotated[int | None, typer.Option(metavar="N", help="The rank of LoRA adapters.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="The seed, where the provider takes one.")] = None,
    suffix: Annotated[str, typer.Option(metavar="WORD", help="A word in the name of the trained model.")] = "",
    sets: Sets = None,
    no_validation: NoValidation = False,
    price: Price = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before a job that costs money is started.")] = False,
    again: Again = False,
    unverified: Unverified = False,
    today: Today = "",
    output_format: Form = "text",
    color: Color = "auto",
) -> int:
    """Send the files and start a job.

    You are asked first, and told the cost where it is known. A setting that is left out is left to the provider. A job
    with the same model, files and settings is not started twice, unless it failed or was cancelled. The exit code is 1
    if you do not agree.
    """
    from palms_spec.cli import finetune_running as running
    from palms_spec.cli.days import day_of
    from palms_spec.cli.finetune_asking import asking
    from palms_spec.errors import UsageError
    from palms_spec.providers.provider import Settings
    from palms_spec.render.finetune import job_value, value_text, write_started
    from palms_spec.workflows import finetune as workflow
    from palms_spec.workflows.finetune_start import Wanted

    day = day_of(today)
    settings = Settings(
        epochs=epochs,
        batch_size=batch_size,
        learning_rate=learning_rate,
        lora_rank=lora_rank,
        seed=seed,
        suffix=suffix,
        extra=running.extra_of(sets),
    )
    connection = running.connection_for(folder, provider, base_url, key_variable)
    prepared = running.prepared(folder, connection, validation=not no_validation, unverified=unverified)
    chosen = model or prepared.manifest.model
    if chosen is None:
        raise UsageError("which model is to be trained?", hint="name it with --model")
    at = running.connected(connection)
    wanted = Wanted(connection, prepared, chosen, settings, running.root())
    ask = asking(at, yes, color)
    started = workflow.start(wanted, at, running.progress(), ask, again=again, price=price, today=day)
    if started is None:
        return 1
    if output_format == "json":
        typer.echo(value_text("start", how=started.how, provider=at.name, job=job_value(started.job)))
    else:
        write_started(started, at.name, running.output(color))
    return 0


def watch(
    job: JobName = None,
    provider: ProviderName = None,
    base_url: BaseUrl = None,
    key_variable: KeyVariable = None,
    interval: Annotated[int, typer.Option(metavar="SECONDS", help="From one look to the next.")] = 5,
    all_events: AllEvents = False,
    output_format: WatchForm = "text",
    color: Color = "auto",
) -> int:
    """Show what happens to a job until it is over.

    Those are its events, and the loss as it falls. Ctrl-C ends the watching, not the job. The exit code is 0 if the job
    succeeds, else 1.
    """
    from palms_spec.cli import finetune_running as running
    from palms_spec.cli.finetune_watching import watched

    named, at = running.named(job, provider, base_url, key_variable)
    return watched(named, at, interval=interval, everything=all_events, output_format=output_format, color=color)


def list(  # noqa: A001 - the name of the command
    provider: ProviderName = None,
    base_url: BaseUrl = None,
    key_variable: KeyVariable = None,
    everything: Annotated[bool, typer.Option("--all", help="All jobs of the account, not only the newest.")] = False,
    output_format: Form = "text",
    color: Color = "auto",
) -> None:
    """List the jobs of this project, or of an account.

    With --provider those of the account there, else those that were started from this project. Those that were not over
    when they were last seen are asked about.
    """
    from palms_spec.cli import finetune_running as running
    from palms_spec.render.finetune import job_value, listed_values, value_text, write_jobs, write_remote_jobs
    from palms_spec.workflows.finetune_jobs import listed

    connection = running.connection_of(provider, base_url, key_variable)
    if connection is None:
        own = listed(running.root(), running.retries())
        if output_format == "json":
            typer.echo(value_text("list", jobs=[*listed_values(own)]))
        else:
            write_jobs(own, running.output(color))
        return
    most = 10_000 if everything else MOST_JOBS
    found = running.connected(connection).jobs(most + 1)
    shown, more = found[:most], len(found) > most
    if output_format == "json":
        values = [job_value(one) for one in shown]
        typer.echo(value_text("list", provider=connection.provider, jobs=values, more=more))
    else:
        write_remote_jobs(shown, more, running.output(color))


def cancel(
    job: Annotated[str, typer.Argument(metavar="JOB", help="Its id.")],
    provider: ProviderName = None,
    base_url: BaseUrl = None,
    key_variable: KeyVariable = None,
    output_format: Form = "text",
    color: Color = "auto",
) -> None:
    """Ask for a job to be stopped.

    What was trained until then may have to be paid.
    """
    from palms_spec.cli import finetune_running as running
    from palms_spec.render.finetune import job_value, value_text, write_cancelled
    from palms_spec.workflows.finetune_jobs import cancelled, note_named

    named, at = running.named(job, provider, base_url, key_variable)
    stopped, was_running = cancelled(at, named.id)
    note_named(running.root(), named, stopped)
    if output_format == "json":
        typer.echo(value_text("cancel", was_running=was_running, job=job_value(stopped)))
    else:
        write_cancelled(stopped, was_running, running.output(color))


def result(
    job: JobName = None,
    provider: ProviderName = None,
    base_url: BaseUrl = None,
    key_variable: KeyVariable = None,
    out: Out = None,
    output_format: Form = "text",
    color: Color = "auto",
) -> int:
    """Show what a job came to.

    That is the name of the trained model, and the files it leaves behind. The exit code is 0 if the job has succeeded,
    else 1.
    """
    from palms_spec.cli import finetune_running as running
    from palms_spec.render.finetune import job_value, value_text, write_result
    from palms_spec.workflows.finetune_jobs import note_named, save_results

    named, at = running.named(job, provider, base_url, key_variable)
    found = at.job(named.id)
    note_named(running.root(), named, found)
    files = save_results(at, found, out) if found.final else ()
    where = out.as_posix() if out is not None else None
    if output_format == "json":
        sizes = [{"name": name, "bytes": size} for name, size in files]
        typer.echo(value_text("result", job=job_value(found), files=sizes, out=where))
    else:
        write_result(found, files, where or "", running.output(color))
    return 0 if found.state == "succeeded" else 1
